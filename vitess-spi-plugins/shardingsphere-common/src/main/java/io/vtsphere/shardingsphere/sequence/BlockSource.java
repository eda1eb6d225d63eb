package io.vtsphere.shardingsphere.sequence;

import java.sql.SQLException;

/** Where blocks of ids are reserved. Called by one thread at a time. */
interface BlockSource {
    /**
     * Reserves a block that nobody else gets, now or later.
     *
     * @param floor no id of the block is smaller, also when the source has been set back
     * @throws SQLException when none could be reserved, or when that is not known; then its ids are lost
     */
    Block reserve(long floor) throws SQLException;

    /**
     * Ids from {@code first} up to, and without, {@code end}; at least one.
     *
     * @param first from 1
     */
    record Block(long first, long end) {
        public Block {
            if (first < 1 || end <= first) {
                throw new IllegalArgumentException("no block of ids: " + first + " to " + end);
            }
        }
    }
}
