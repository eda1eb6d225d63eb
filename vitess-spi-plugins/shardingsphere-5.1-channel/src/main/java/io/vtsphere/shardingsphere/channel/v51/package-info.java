/** Where connections leave ShardingSphere-Proxy 5.1.x. The one place that sees the host's Netty; no type of it goes further. */
@NullMarked
package io.vtsphere.shardingsphere.channel.v51;

import org.jspecify.annotations.NullMarked;
