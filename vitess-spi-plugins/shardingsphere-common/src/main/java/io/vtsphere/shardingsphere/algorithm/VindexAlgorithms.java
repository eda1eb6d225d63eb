package io.vtsphere.shardingsphere.algorithm;

/** The algorithm types: {@code VITESS_} and the name of a vindex type that computes. A host makes the instances by their names. */
public final class VindexAlgorithms {
    private VindexAlgorithms() {}

    /** Any vindex type that computes, also those of other jars: the property {@code vindex} names it. */
    public static final class Any extends VindexAlgorithm {
        public Any() {
            super(null);
        }
    }

    /** {@code binary}. */
    public static final class Binary extends VindexAlgorithm {
        public Binary() {
            super("binary");
        }
    }

    /** {@code binary_md5}. */
    public static final class BinaryMd5 extends VindexAlgorithm {
        public BinaryMd5() {
            super("binary_md5");
        }
    }

    /** {@code cfc}. */
    public static final class Cfc extends VindexAlgorithm {
        public Cfc() {
            super("cfc");
        }
    }

    /** {@code hash}. */
    public static final class Hash extends VindexAlgorithm {
        public Hash() {
            super("hash");
        }
    }

    /** {@code multicol}. */
    public static final class Multicol extends VindexAlgorithm {
        public Multicol() {
            super("multicol");
        }
    }

    /** {@code null}. */
    public static final class NullId extends VindexAlgorithm {
        public NullId() {
            super("null");
        }
    }

    /** {@code numeric}. */
    public static final class Numeric extends VindexAlgorithm {
        public Numeric() {
            super("numeric");
        }
    }

    /** {@code numeric_static_map}. */
    public static final class NumericStaticMap extends VindexAlgorithm {
        public NumericStaticMap() {
            super("numeric_static_map");
        }
    }

    /** {@code region_experimental}. */
    public static final class RegionExperimental extends VindexAlgorithm {
        public RegionExperimental() {
            super("region_experimental");
        }
    }

    /** {@code region_json}. */
    public static final class RegionJson extends VindexAlgorithm {
        public RegionJson() {
            super("region_json");
        }
    }

    /** {@code reverse_bits}. */
    public static final class ReverseBits extends VindexAlgorithm {
        public ReverseBits() {
            super("reverse_bits");
        }
    }

    /** {@code unicode_loose_md5}. */
    public static final class UnicodeLooseMd5 extends VindexAlgorithm {
        public UnicodeLooseMd5() {
            super("unicode_loose_md5");
        }
    }

    /** {@code unicode_loose_xxhash}. */
    public static final class UnicodeLooseXxhash extends VindexAlgorithm {
        public UnicodeLooseXxhash() {
            super("unicode_loose_xxhash");
        }
    }

    /** {@code xxhash}. */
    public static final class Xxhash extends VindexAlgorithm {
        public Xxhash() {
            super("xxhash");
        }
    }
}
