/** The whole Vitess front end inside a stock ShardingSphere-Proxy 5.1.x. */
@NullMarked
package io.vtsphere.shardingsphere.door.v51;

import org.jspecify.annotations.NullMarked;
