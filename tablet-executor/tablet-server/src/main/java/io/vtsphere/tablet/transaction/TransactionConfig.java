package io.vtsphere.tablet.transaction;

import java.time.Duration;

/**
 * How long transactions may live.
 *
 * @param timeout of a transaction; zero: none
 * @param olapTimeout of one with workload OLAP; zero: none
 */
public record TransactionConfig(Duration timeout, Duration olapTimeout) {}
