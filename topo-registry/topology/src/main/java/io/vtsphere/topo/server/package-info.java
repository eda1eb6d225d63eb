/** The topology's records, read and written as Vitess does: cells, keyspaces, shards, tablets, serving graph, VSchemas, rules. */
@NullMarked
package io.vtsphere.topo.server;

import org.jspecify.annotations.NullMarked;
