package io.vtsphere.vindex;

/**
 * DES of one block with the key of eight zero bytes.
 *
 * <p>All sixteen round keys of that key are zero: a round is the expansion, the substitution and the permutation of the right half alone, and
 * encrypting twice gives the block back, so the function is its own inverse. Stateless and thread-safe, without allocation. Source: FIPS 46-3.
 */
final class Des {
    private static final int ROUNDS = 16;

    /** The permutation after the substitution: bit {@code i} of the output is that bit of the input, counted from 1 at the left. */
    private static final int[] P = {
        16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11,
        4, 25
    };

    /** The eight substitution boxes: four rows of sixteen entries, a hexadecimal digit each. */
    private static final String[] S = {
        "e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d",
        "f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9",
        "a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c",
        "7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e",
        "2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453",
        "c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d",
        "4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c",
        "d2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b",
    };

    /** Substitution and permutation in one step: 64 entries for each box, by its six input bits. */
    private static final int[] SP = substitutionThenPermutation();

    private Des() {}

    private static int[] substitutionThenPermutation() {
        int[] table = new int[8 * 64];
        for (int box = 0; box < 8; box++) {
            for (int input = 0; input < 64; input++) {
                int row = (input >> 4 & 2) | (input & 1);
                int column = input >> 1 & 15;
                int digit = Character.digit(S[box].charAt(row * 16 + column), 16);
                table[box * 64 + input] = permute(digit << (28 - 4 * box));
            }
        }
        return table;
    }

    private static int permute(int bits) {
        int out = 0;
        for (int i = 0; i < 32; i++) {
            out = out << 1 | (bits >>> (32 - P[i]) & 1);
        }
        return out;
    }

    /** The block, eight bytes with the first in the highest bits, encrypted; applied to its own result it decrypts. */
    static long crypt(long block) {
        long start = initialPermutation(block);
        int left = (int) (start >>> 32);
        int right = (int) start;
        for (int round = 0; round < ROUNDS; round += 2) {
            left ^= round(right);
            right ^= round(left);
        }
        return finalPermutation((long) right << 32 | (left & 0xFFFFFFFFL));
    }

    /** Each box reads its four bits of the half and one neighbour on either side. */
    private static int round(int half) {
        int[] sp = SP;
        return sp[half << 5 & 32 | half >>> 27]
                ^ sp[64 + (half >>> 23 & 63)]
                ^ sp[128 + (half >>> 19 & 63)]
                ^ sp[192 + (half >>> 15 & 63)]
                ^ sp[256 + (half >>> 11 & 63)]
                ^ sp[320 + (half >>> 7 & 63)]
                ^ sp[384 + (half >>> 3 & 63)]
                ^ sp[448 + (half << 1 & 62 | half >>> 31)];
    }

    /**
     * Seen as a matrix of eight bytes by eight bits, the initial permutation turns bytes upside down, transposes, and puts the second, fourth,
     * sixth and eighth row before the others.
     */
    private static long initialPermutation(long block) {
        return evenRowsFirst(transpose(Long.reverseBytes(block)));
    }

    private static long finalPermutation(long block) {
        return Long.reverseBytes(transpose(interleaveRows(block)));
    }

    private static long transpose(long matrix) {
        long m = swap(matrix, 7, 0x00AA00AA00AA00AAL);
        m = swap(m, 14, 0x0000CCCC0000CCCCL);
        return swap(m, 28, 0x00000000F0F0F0F0L);
    }

    /** Bytes 1 to 8 in the order 2, 4, 6, 8, 1, 3, 5, 7. */
    private static long evenRowsFirst(long rows) {
        long even = rows & 0x00FF00FF00FF00FFL;
        long odd = rows >>> 8 & 0x00FF00FF00FF00FFL;
        return gather(even) << 32 | gather(odd);
    }

    private static long interleaveRows(long rows) {
        return scatter(rows >>> 32) | scatter(rows & 0xFFFFFFFFL) << 8;
    }

    private static long gather(long spread) {
        long pairs = (spread | spread >>> 8) & 0x0000FFFF0000FFFFL;
        return (pairs | pairs >>> 16) & 0x00000000FFFFFFFFL;
    }

    private static long scatter(long packed) {
        long pairs = (packed | packed << 16) & 0x0000FFFF0000FFFFL;
        return (pairs | pairs << 8) & 0x00FF00FF00FF00FFL;
    }

    /** Exchanges the bits under {@code mask} with those {@code distance} places to their left. */
    private static long swap(long bits, int distance, long mask) {
        long difference = (bits ^ bits >>> distance) & mask;
        return bits ^ difference ^ difference << distance;
    }
}
