package io.vtsphere.gateway;

import io.grpc.CallOptions;

/** What all calls of one gateway share. Immutable. */
record CallContext(GatewayConfig config, HealthCheck health, Ticker ticker, RandomIndex random, CallOptions options) {}
