package io.vtsphere.tablet.service;

import io.grpc.stub.StreamObserver;
import io.vitess.proto.Query.GetSchemaResponse;
import io.vitess.proto.Query.SchemaTableType;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.mysql.ConnectionPool;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.mysql.QueryControl;
import io.vtsphere.tablet.mysql.SimpleQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Answers GetSchema from MySQL itself: {@code SHOW CREATE} of each table or view that is asked for.
 *
 * <p>Thread-safe. Vitess' own tables ({@code _vt…}) are left out.
 */
public final class SchemaReader {
    /** Definitions in one message. */
    private static final int BATCH = 100;

    private static final String INTERNAL = "_vt";

    private final ConnectionPool pool;

    public SchemaReader(ConnectionPool pool) {
        this.pool = pool;
    }

    void read(
            int loop,
            SchemaTableType kind,
            Collection<String> names,
            QueryControl control,
            StreamObserver<GetSchemaResponse> observer,
            Consumer<RuntimeException> failed) {
        if (kind == SchemaTableType.UDFS) {
            observer.onCompleted();
            return;
        }
        pool.acquire(loop, null, control, new Callback<>() {
            @Override
            public void success(MysqlConnection connection) {
                new Reading(connection, kind, Set.copyOf(names), control, observer, failed).list();
            }

            @Override
            public void failure(RuntimeException error) {
                failed.accept(error);
            }
        });
    }

    /** One call; on the loop of its connection. */
    private final class Reading {
        private final MysqlConnection connection;
        private final SchemaTableType kind;
        private final Set<String> wanted;
        private final QueryControl control;
        private final StreamObserver<GetSchemaResponse> observer;
        private final Consumer<RuntimeException> failed;
        private final List<String> found = new ArrayList<>();
        private GetSchemaResponse.Builder batch = GetSchemaResponse.newBuilder();

        Reading(
                MysqlConnection connection,
                SchemaTableType kind,
                Set<String> wanted,
                QueryControl control,
                StreamObserver<GetSchemaResponse> observer,
                Consumer<RuntimeException> failed) {
            this.connection = connection;
            this.kind = kind;
            this.wanted = wanted;
            this.control = control;
            this.observer = observer;
            this.failed = failed;
        }

        void list() {
            if (kind == SchemaTableType.TABLES) {
                // Vitess sends the result's column list as a message of its own, which has no definitions.
                observer.onNext(GetSchemaResponse.getDefaultInstance());
            }
            run("show full tables", rows -> {
                for (int i = 0; i < rows.size(); i++) {
                    String name = String.valueOf(rows.text(i, 0));
                    boolean view = "VIEW".equals(rows.text(i, 1));
                    boolean kindMatches = kind == SchemaTableType.ALL || view == (kind == SchemaTableType.VIEWS);
                    if (kindMatches && !name.startsWith(INTERNAL) && (wanted.isEmpty() || wanted.contains(name))) {
                        found.add(name);
                    }
                }
                describe(0);
            });
        }

        private void describe(int index) {
            if (index == found.size()) {
                pool.release(connection);
                flush();
                observer.onCompleted();
                return;
            }
            String name = found.get(index);
            run("show create table `" + name.replace("`", "``") + "`", rows -> {
                batch.putTableDefinition(name, String.valueOf(rows.text(0, 1)));
                if (batch.getTableDefinitionCount() == BATCH) {
                    flush();
                }
                describe(index + 1);
            });
        }

        private void flush() {
            if (batch.getTableDefinitionCount() > 0) {
                observer.onNext(batch.build());
                batch = GetSchemaResponse.newBuilder();
            }
        }

        private void run(String sql, Consumer<SimpleQuery.Rows> then) {
            SimpleQuery.run(connection, sql, control, new Callback<>() {
                @Override
                public void success(SimpleQuery.Rows rows) {
                    then.accept(rows);
                }

                @Override
                public void failure(RuntimeException error) {
                    pool.release(connection);
                    failed.accept(error);
                }
            });
        }
    }
}
