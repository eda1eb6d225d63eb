package io.vtsphere.planner;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.Update;
import java.util.ArrayList;
import java.util.List;

/** Adds the session's {@code SET_VAR} hints to a statement: into its first optimizer hint comment, else as a new one. */
final class OptimizerHints {
    private OptimizerHints() {}

    static Statement add(Statement statement, String hint) {
        if (hint.isEmpty()) {
            return statement;
        }
        if (statement instanceof Select select) {
            return select.withComments(add(select.comments(), hint));
        }
        if (statement instanceof SetOperation operation) {
            // MySQL takes such hints from the first query block for the whole statement
            return operation.withLeft((Query) add(operation.left(), hint));
        }
        if (statement instanceof Insert insert) {
            return insert.withComments(add(insert.comments(), hint));
        }
        if (statement instanceof Update update) {
            return update.withComments(add(update.comments(), hint));
        }
        return statement instanceof Delete delete ? delete.withComments(add(delete.comments(), hint)) : statement;
    }

    private static Comments add(Comments comments, String hint) {
        List<String> texts = new ArrayList<>(comments.texts());
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text.startsWith("/*+") && text.endsWith("*/")) {
                texts.set(i, text.substring(0, text.length() - 2).stripTrailing() + " " + hint + " */");
                return Comments.of(texts);
            }
        }
        texts.add("/*+ " + hint + " */");
        return Comments.of(texts);
    }
}
