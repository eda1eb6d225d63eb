package io.vtsphere.sql.ast;

/** Vitess' {@code VEXPLAIN [PLAN|QUERIES|ALL|TRACE|KEYS] statement}. */
public record VExplain(Kind kind, Comments comments, Statement statement) implements Statement {
    /** What is shown; PLAN if nothing was written. */
    public enum Kind {
        PLAN,
        QUERIES,
        ALL,
        TRACE,
        KEYS
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.vexplain(this);
    }
}
