package io.vtsphere.shardingsphere.door.v51;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.executor.ResultHandler;
import io.vtsphere.sql.Lexer;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.Token;
import java.util.Set;

/** SHOW DATABASES: the keyspaces, and after them the host's databases. */
final class ShownDatabases extends Forwarding {
    private static final Set<String> NAMES = Set.of("databases", "schemas");

    private final HostDatabases databases;

    ShownDatabases(ResultHandler handler, HostDatabases databases) {
        super(handler);
        this.databases = databases;
    }

    /** Not with LIKE or WHERE, which are left to the gate. */
    static boolean isAsked(String sql) {
        Lexer lexer = new Lexer(sql, SqlModes.DEFAULT);
        lexer.next();
        return lexer.next() == Token.WORD
                && NAMES.contains(lexer.word())
                && (lexer.next() == Token.END || lexer.token() == Token.SEMICOLON);
    }

    @Override
    public void end(ResultEnd end) {
        rows(databases.names().stream().map(ShownDatabases::row).toList());
        super.end(end);
    }

    private static Query.Row row(String name) {
        ByteString value = ByteString.copyFromUtf8(name);
        return Query.Row.newBuilder().addLengths(value.size()).setValues(value).build();
    }
}
