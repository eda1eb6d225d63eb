package io.vtsphere.sql.ast;

/** {@code SAVEPOINT name}, {@code ROLLBACK TO name} or {@code RELEASE SAVEPOINT name}. */
public record Savepoint(Action action, String name) implements Statement {
    /** What is done with the savepoint. */
    public enum Action {
        SAVEPOINT("savepoint "),
        ROLLBACK_TO("rollback to "),
        RELEASE("release savepoint ");

        private final String text;

        Action(String text) {
            this.text = text;
        }

        /** The words before the name. */
        public String text() {
            return text;
        }
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.savepoint(this);
    }
}
