package io.vtsphere.sql.ast;

/** Nothing but comments and blanks; vtgate answers it with OK when there is a comment. */
public record EmptyStatement() implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.empty(this);
    }
}
