package io.vtsphere.executor;

/** What a session's reads are for ({@code workload}): decides about limits and streaming. */
public enum Workload {
    UNSPECIFIED,
    OLTP,
    OLAP,
    DBA
}
