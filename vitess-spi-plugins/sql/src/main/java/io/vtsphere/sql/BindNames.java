package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.Walker;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names of a statement's bind variables. Stateless. */
public final class BindNames {
    private BindNames() {}

    /** Each once, in the order of the text; the set is the caller's. */
    public static Set<String> of(Statement statement) {
        Set<String> names = new LinkedHashSet<>();
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof Expr.Bind bind) {
                    names.add(bind.name());
                } else if (node instanceof Expr.ListBind bind) {
                    names.add(bind.name());
                }
                return true;
            }
        }.walk(statement);
        return names;
    }
}
