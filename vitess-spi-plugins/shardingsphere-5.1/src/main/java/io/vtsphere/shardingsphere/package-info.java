/** ShardingSphere-Proxy 5.1.x: front-end SPI, VITESS rule and launcher. */
@NullMarked
package io.vtsphere.shardingsphere;

import org.jspecify.annotations.NullMarked;
