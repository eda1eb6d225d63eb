package io.vtsphere.sql;

import io.vtsphere.sql.ast.AlterVSchema;
import io.vtsphere.sql.ast.AlterVSchema.Action;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ALTER VSCHEMA}. Source: Vitess documentation, "VSchema" DDL. */
final class VSchemaParser {
    private final Parser parser;
    private final Tokens tokens;

    VSchemaParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Statement alter() {
        tokens.expect("vschema");
        if (tokens.accept("create")) {
            tokens.expect("vindex");
            TableName name = parser.tables.tableName();
            return of(Action.CREATE_VINDEX, name, using(name.name()), List.of());
        }
        if (tokens.accept("add")) {
            boolean sequence = tokens.accept("sequence");
            if (!sequence) {
                tokens.expect("table");
            }
            return of(sequence ? Action.ADD_SEQUENCE : Action.ADD_TABLE, parser.tables.tableName(), null, List.of());
        }
        if (tokens.accept("drop")) {
            Action action = tokens.accept("vindex")
                    ? Action.DROP_VINDEX
                    : tokens.accept("sequence") ? Action.DROP_SEQUENCE : Action.DROP_TABLE;
            if (action == Action.DROP_TABLE) {
                tokens.expect("table");
            }
            return of(action, parser.tables.tableName(), null, List.of());
        }
        tokens.expect("on");
        TableName table = parser.tables.tableName();
        return tokens.accept("add") ? add(table) : drop(table);
    }

    private static Statement of(
            Action action, TableName table, AlterVSchema.@Nullable VindexSpec vindex, List<String> columns) {
        return new AlterVSchema(action, table, vindex, columns, null);
    }

    private Statement add(TableName table) {
        if (tokens.accept("auto_increment")) {
            String column = tokens.name();
            tokens.expect("using");
            AlterVSchema.AutoIncrement increment = new AlterVSchema.AutoIncrement(column, parser.tables.tableName());
            return new AlterVSchema(Action.ADD_AUTO_INCREMENT, table, null, List.of(), increment);
        }
        tokens.expect("vindex");
        String name = tokens.name();
        List<String> columns = parser.tables.nameList();
        return of(Action.ADD_VINDEX, table, using(name), columns);
    }

    private Statement drop(TableName table) {
        tokens.expect("drop");
        if (tokens.accept("auto_increment")) {
            return of(Action.DROP_AUTO_INCREMENT, table, null, List.of());
        }
        tokens.expect("vindex");
        AlterVSchema.VindexSpec vindex = new AlterVSchema.VindexSpec(tokens.name(), null, List.of());
        return of(Action.DROP_COLUMN_VINDEX, table, vindex, List.of());
    }

    private AlterVSchema.VindexSpec using(String name) {
        if (!tokens.accept("using")) {
            return new AlterVSchema.VindexSpec(name, null, List.of());
        }
        String type = tokens.name();
        List<AlterVSchema.Param> params = new ArrayList<>();
        if (tokens.accept("with")) {
            do {
                String key = tokens.nameAfterDot(); // also reserved words: table=…
                tokens.expect(Token.EQUAL);
                params.add(new AlterVSchema.Param(key, value()));
            } while (tokens.accept(Token.COMMA));
        }
        return new AlterVSchema.VindexSpec(name, type, params);
    }

    private String value() {
        if (tokens.at(Token.INTEGER)) {
            String value = tokens.value();
            tokens.advance();
            return value;
        }
        return tokens.nameOrString();
    }
}
