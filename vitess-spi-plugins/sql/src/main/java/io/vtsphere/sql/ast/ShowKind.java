package io.vtsphere.sql.ast;

/** What a SHOW shows. */
public enum ShowKind {
    DATABASES("databases"),
    SCHEMAS("schemas"),
    KEYSPACES("keyspaces"),
    TABLES("tables"),
    COLUMNS("columns"),
    INDEX("index"),
    CREATE_TABLE("create table"),
    CREATE_VIEW("create view"),
    CREATE_DATABASE("create database"),
    CREATE_PROCEDURE("create procedure"),
    CREATE_FUNCTION("create function"),
    CREATE_TRIGGER("create trigger"),
    CREATE_EVENT("create event"),
    CREATE_USER("create user"),
    TABLE_STATUS("table status"),
    TRIGGERS("triggers"),
    EVENTS("events"),
    VARIABLES("variables"),
    STATUS("status"),
    COLLATION("collation"),
    CHARSET("charset"),
    ENGINES("engines"),
    PLUGINS("plugins"),
    PRIVILEGES("privileges"),
    PROCESSLIST("processlist"),
    OPEN_TABLES("open tables"),
    FUNCTION_STATUS("function status"),
    PROCEDURE_STATUS("procedure status"),
    FUNCTION_CODE("function code"),
    PROCEDURE_CODE("procedure code"),
    WARNINGS("warnings"),
    ERRORS("errors"),
    COUNT_WARNINGS("count(*) warnings"),
    COUNT_ERRORS("count(*) errors"),
    GRANTS("grants"),
    PROFILES("profiles"),
    PROFILE("profile"),
    BINARY_LOGS("binary logs"),
    BINLOG_EVENTS("binlog events"),
    RELAYLOG_EVENTS("relaylog events"),
    MASTER_STATUS("master status"),
    BINARY_LOG_STATUS("binary log status"),
    REPLICA_STATUS("replica status"),
    REPLICAS("replicas"),
    ENGINE("engine"),
    VITESS_SHARDS("vitess_shards"),
    VITESS_TABLETS("vitess_tablets"),
    VITESS_TARGET("vitess_target"),
    VITESS_KEYSPACES("vitess_keyspaces"),
    VITESS_REPLICATION_STATUS("vitess_replication_status"),
    VITESS_METADATA_VARIABLES("vitess_metadata variables"),
    VITESS_MIGRATIONS("vitess_migrations"),
    VITESS_MIGRATION_LOGS("vitess_migration logs"),
    VITESS_THROTTLED_APPS("vitess_throttled_apps"),
    VITESS_THROTTLER_STATUS("vitess_throttler status"),
    VSCHEMA_TABLES("vschema tables"),
    VSCHEMA_VINDEXES("vschema vindexes"),
    VSCHEMA_KEYSPACES("vschema keyspaces"),
    GTID_EXECUTED("global gtid_executed"),
    VGTID_EXECUTED("global vgtid_executed"),
    TRANSACTION_STATUS("transaction status"),
    UNRESOLVED_TRANSACTIONS("unresolved transactions");

    private final String text;

    ShowKind(String text) {
        this.text = text;
    }

    /** The words after SHOW, in lower case. */
    public String text() {
        return text;
    }
}
