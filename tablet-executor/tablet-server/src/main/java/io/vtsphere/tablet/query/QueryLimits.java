package io.vtsphere.tablet.query;

import java.time.Duration;

/**
 * Bounds of single statements.
 *
 * @param maxResultRows most rows of a buffered result, and most rows that one UPDATE or DELETE without LIMIT may touch
 * @param maxResultBytes most bytes of a buffered result: what fits into one gRPC message
 * @param streamBufferBytes row bytes after which a stream sends a message
 * @param queryTimeout of a statement whose caller sets none; zero: none
 * @param planCacheEntries most statements whose plan is kept
 */
public record QueryLimits(
        int maxResultRows, int maxResultBytes, int streamBufferBytes, Duration queryTimeout, int planCacheEntries) {}
