package io.vtsphere.tablet.query;

/** What a statement is to the tablet; the names are Vitess's, as in its metrics and errors. */
public enum PlanType {
    SELECT("Select"),
    NEXTVAL("Nextval"),
    SELECT_LOCK_FUNC("SelectLockFunc"),
    INSERT("Insert"),
    UPDATE("Update"),
    UPDATE_LIMIT("UpdateLimit"),
    DELETE("Delete"),
    DELETE_LIMIT("DeleteLimit"),
    DDL("DDL"),
    SET("Set"),
    OTHER_READ("OtherRead"),
    OTHER_ADMIN("OtherAdmin"),
    SAVEPOINT("Savepoint"),
    RELEASE("Release"),
    ROLLBACK_SAVEPOINT("RollbackSavepoint"),
    SHOW("Show"),
    LOAD("Load"),
    FLUSH("Flush"),
    LOCK_TABLES("LockTables"),
    UNLOCK_TABLES("UnlockTables"),
    CALL_PROCEDURE("CallProcedure");

    private final String vitessName;

    PlanType(String vitessName) {
        this.vitessName = vitessName;
    }

    public String vitessName() {
        return vitessName;
    }

    /** Whether it only reads, so that it may be sent again on another connection when the first was lost. */
    boolean readOnly() {
        return this == SELECT || this == SHOW || this == OTHER_READ;
    }

    /** UPDATE and DELETE that the tablet bounds by itself. */
    public boolean limitsRows() {
        return this == UPDATE_LIMIT || this == DELETE_LIMIT;
    }

    boolean streams() {
        return this == SELECT
                || this == SHOW
                || this == OTHER_READ
                || this == CALL_PROCEDURE
                || this == SELECT_LOCK_FUNC;
    }

    /** Whether Vitess binds its own row limit, which then shows in error texts. */
    public boolean bindsMaxLimit() {
        return this == SELECT || this == SHOW || limitsRows();
    }
}
