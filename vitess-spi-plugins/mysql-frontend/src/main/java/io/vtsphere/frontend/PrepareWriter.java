package io.vtsphere.frontend;

import io.vtsphere.executor.PrepareHandler;
import io.vtsphere.executor.PreparedPlan;
import io.vtsphere.vterrors.VtException;

/** Writes the answer to one COM_STMT_PREPARE. One instance per command, on the connection's event loop. */
final class PrepareWriter implements PrepareHandler, Answer {
    private final ResultWriter.Client client;
    private final PreparedStatements statements;
    private boolean over;

    PrepareWriter(ResultWriter.Client client, PreparedStatements statements) {
        this.client = client;
        this.statements = statements;
    }

    @Override
    public void abandon() {
        over = true;
    }

    @Override
    public void prepared(PreparedPlan plan) {
        if (over) {
            return;
        }
        VtException refused = statements.add(plan, client);
        if (refused != null) {
            fail(refused);
            return;
        }
        over = true;
        client.answered(true);
    }

    @Override
    public void fail(VtException error) {
        if (!over) {
            over = true;
            client.out().error(error);
            client.answered(false);
        }
    }
}
