package io.vtsphere.executor.rows;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.planner.Aggregation;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One aggregate of one group, fed row by row. Confined to one thread. */
abstract class Accumulator {
    /** Digits that a division adds to the scale: MySQL's default of {@code div_precision_increment}. */
    static final int DIV_PRECISION_INCREMENT = 4;

    /** Most digits of a DECIMAL ({@code DECIMAL_MAX_PRECISION}). */
    private static final int MAX_PRECISION = 65;

    /** Most digits after the point ({@code DECIMAL_MAX_SCALE}). */
    private static final int MAX_SCALE = 30;

    abstract void add(Query.Row row);

    /** The value for the group's row; null for SQL NULL. */
    abstract @Nullable ByteString result();

    /** The weight string of the value, where it has one; null otherwise. */
    @Nullable
    ByteString weight() {
        return null;
    }

    static Accumulator of(Aggregation aggregation, List<Query.Field> fields) {
        int column = aggregation.column();
        SqlType type = Aggregator.typeOf(fields.get(column));
        return switch (aggregation.op()) {
            case COUNT_STAR, COUNT -> new Count(column);
            case SUM -> sum(column, type, fields.get(column).getName());
            case AVG ->
                new Average(sum(column, type, fields.get(column).getName()), new Count(aggregation.second()), type);
            case MIN -> new Extreme(column, aggregation.second(), fields, -1);
            case MAX -> new Extreme(column, aggregation.second(), fields, 1);
            case ANY_VALUE -> new First(column);
        };
    }

    private static Accumulator sum(int column, SqlType type, String name) {
        if (type == SqlType.DECIMAL || type == SqlType.NULL_TYPE) {
            return new DecimalSum(column);
        }
        if (type.isFloat()) {
            return new FloatSum(column);
        }
        throw VtError.VT12001.with("summing column '" + name + "' (" + type + ") over several shards");
    }

    private static VtException outOfRange(String what) {
        return VtException.of(Code.INVALID_ARGUMENT, State.DATA_OUT_OF_RANGE, what + " value is out of range");
    }

    private static final class Count extends Accumulator {
        private final int column;
        private long sum;

        Count(int column) {
            this.column = column;
        }

        @Override
        void add(Query.Row row) {
            ByteString value = Cells.get(row, column);
            if (value != null) {
                try {
                    sum = Math.addExact(sum, Numbers.signed(value));
                } catch (ArithmeticException e) {
                    throw outOfRange("BIGINT");
                }
            }
        }

        @Override
        ByteString result() {
            return Numbers.text(sum);
        }
    }

    private static final class DecimalSum extends Accumulator {
        private final int column;
        private @Nullable BigDecimal sum;

        DecimalSum(int column) {
            this.column = column;
        }

        @Override
        void add(Query.Row row) {
            ByteString value = Cells.get(row, column);
            if (value != null) {
                BigDecimal summand = Numbers.decimal(value);
                sum = sum == null ? summand : sum.add(summand);
            }
        }

        @Nullable
        BigDecimal sum() {
            if (sum != null && sum.precision() > MAX_PRECISION) {
                throw outOfRange("DECIMAL");
            }
            return sum;
        }

        @Override
        @Nullable
        ByteString result() {
            BigDecimal total = sum();
            return total == null ? null : Numbers.text(total);
        }
    }

    private static final class FloatSum extends Accumulator {
        private final int column;
        private double sum;
        private boolean any;

        FloatSum(int column) {
            this.column = column;
        }

        @Override
        void add(Query.Row row) {
            ByteString value = Cells.get(row, column);
            if (value != null) {
                sum += Numbers.floating(value);
                any = true;
            }
        }

        @Override
        @Nullable
        ByteString result() {
            if (Double.isInfinite(sum) || Double.isNaN(sum)) {
                throw outOfRange("DOUBLE");
            }
            return any ? Numbers.text(sum) : null;
        }
    }

    private static final class Average extends Accumulator {
        private final Accumulator sum;
        private final Count count;
        private final SqlType type;

        Average(Accumulator sum, Count count, SqlType type) {
            this.sum = sum;
            this.count = count;
            this.type = type;
        }

        @Override
        void add(Query.Row row) {
            sum.add(row);
            count.add(row);
        }

        @Override
        @Nullable
        ByteString result() {
            ByteString total = sum.result();
            if (total == null || count.sum == 0) {
                return null;
            }
            if (type.isFloat()) {
                return Numbers.text(Numbers.floating(total) / count.sum);
            }
            BigDecimal dividend = Numbers.decimal(total);
            int scale = Math.min(MAX_SCALE, dividend.scale() + DIV_PRECISION_INCREMENT);
            return Numbers.text(dividend.divide(BigDecimal.valueOf(count.sum), scale, RoundingMode.HALF_UP));
        }
    }

    private static final class Extreme extends Accumulator {
        private final int column;
        private final int weightColumn;
        private final SortKey key;
        private final int sign;
        /** MySQL gives MIN and MAX of a BIT column as decimal digits that it calls a BIT. */
        private final boolean bits;

        private @Nullable Comparable<?> best;
        private @Nullable ByteString value;
        private @Nullable ByteString weight;

        Extreme(int column, int weightColumn, List<Query.Field> fields, int sign) {
            this.column = column;
            this.weightColumn = weightColumn;
            this.key = SortKey.of(column, weightColumn, fields);
            this.sign = sign;
            this.bits = Aggregator.typeOf(fields.get(column)) == SqlType.BIT;
        }

        @Override
        void add(Query.Row row) {
            if (bits) {
                throw VtError.VT12001.with("MIN or MAX of a BIT column over several shards");
            }
            Comparable<?> candidate = key.read(row);
            if (candidate != null && (best == null || sign * RowOrder.compareValues(candidate, best) > 0)) {
                best = candidate;
                value = Cells.get(row, column);
                weight = weightColumn == OrderKey.NONE ? null : Cells.get(row, weightColumn);
            }
        }

        @Override
        @Nullable
        ByteString weight() {
            return weight;
        }

        @Override
        @Nullable
        ByteString result() {
            return value;
        }
    }

    private static final class First extends Accumulator {
        private final int column;
        private @Nullable ByteString value;
        private boolean taken;

        First(int column) {
            this.column = column;
        }

        @Override
        void add(Query.Row row) {
            if (!taken) {
                taken = true;
                value = Cells.get(row, column);
            }
        }

        @Override
        @Nullable
        ByteString result() {
            return value;
        }
    }
}
