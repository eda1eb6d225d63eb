package io.vtsphere.sql.ast;

/**
 * A statement that is recognised by its first words and has no tree: its text is passed through or refused by name.
 *
 * @param text the statement as written, without the comments around it
 */
public record OtherStatement(Kind kind, String text) implements Statement {
    /** What the statement is; {@link #label()} is the name for messages. */
    public enum Kind {
        ANALYZE_TABLE("ANALYZE TABLE"),
        CHECK_TABLE("CHECK TABLE"),
        CHECKSUM_TABLE("CHECKSUM TABLE"),
        OPTIMIZE_TABLE("OPTIMIZE TABLE"),
        REPAIR_TABLE("REPAIR TABLE"),
        GRANT("GRANT"),
        REVOKE("REVOKE"),
        ACCOUNT("account management"),
        XA("XA"),
        EXPLAIN_CONNECTION("EXPLAIN FOR CONNECTION"),
        HANDLER("HANDLER"),
        BINLOG("BINLOG"),
        CACHE_INDEX("CACHE INDEX"),
        CHANGE("CHANGE"),
        CLONE("CLONE"),
        DIAGNOSTICS("GET DIAGNOSTICS"),
        HELP("HELP"),
        IMPORT("IMPORT TABLE"),
        INSTALL("INSTALL"),
        LOAD_INDEX("LOAD INDEX INTO CACHE"),
        LOCK_INSTANCE("LOCK INSTANCE"),
        PURGE("PURGE"),
        REPLICATION("replication control"),
        RESET("RESET"),
        RESIGNAL("RESIGNAL"),
        RESTART("RESTART"),
        SHUTDOWN("SHUTDOWN"),
        SIGNAL("SIGNAL"),
        UNINSTALL("UNINSTALL"),
        UNLOCK_INSTANCE("UNLOCK INSTANCE"),
        MIGRATION("Vitess migration control"),
        REVERT_MIGRATION("REVERT VITESS_MIGRATION");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.other(this);
    }
}
