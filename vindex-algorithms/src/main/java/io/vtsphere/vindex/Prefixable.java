package io.vtsphere.vindex;

/** A vindex that maps the prefix of a value to a key range, so that LIKE need not go to every shard. */
public interface Prefixable {
    /** The vindex over LIKE patterns: not unique, and its destinations are key ranges. */
    SingleColumnVindex prefixVindex();
}
