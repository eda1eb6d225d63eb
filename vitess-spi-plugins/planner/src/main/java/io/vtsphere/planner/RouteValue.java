package io.vtsphere.planner;

import io.vtsphere.sqltypes.SqlValue;
import java.util.List;

/**
 * A value that decides about shards, limits or generated keys: known from the bind variables alone, without any row.
 *
 * <p>{@link #toString()} prints it as {@code VEXPLAIN PLAN} does. Immutable and thread-safe.
 */
public sealed interface RouteValue {
    /** The value of the bind variable of that name, a single value. */
    record Bind(String name) implements RouteValue {
        @Override
        public String toString() {
            return ":" + name;
        }
    }

    /** The values of the list bind variable of that name. */
    record ListBind(String name) implements RouteValue {
        @Override
        public String toString() {
            return "::" + name;
        }
    }

    /** A value written in the statement, or one that the VSchema gives. */
    record Literal(SqlValue value) implements RouteValue {
        @Override
        public String toString() {
            if (value.isNull()) {
                return "null";
            }
            return value.type().isQuoted() || value.type().isBinary()
                    ? "'" + value.text().replace("'", "''") + "'"
                    : value.text();
        }
    }

    /** A list of single values. */
    record Tuple(List<RouteValue> values) implements RouteValue {
        public Tuple {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("(");
            for (RouteValue value : values) {
                text.append(text.length() == 1 ? "" : ", ").append(value);
            }
            return text.append(')').toString();
        }
    }

    /**
     * A bind variable that decides by a text column. A number equals many texts, which lie on several shards: where the value turns out to
     * be one, it does not tell a shard.
     */
    record OfText(RouteValue value) implements RouteValue {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /**
     * A value that decides by an integer column and a vindex over bytes: {@code '05'}, {@code 5.0} and {@code 5} all equal 5, and must find its
     * shard.
     */
    record OfInteger(RouteValue value) implements RouteValue {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** Whether this stands for a list of values rather than for one. */
    default boolean isList() {
        return this instanceof ListBind
                || this instanceof Tuple
                || (this instanceof OfText of && of.value().isList())
                || (this instanceof OfInteger of && of.value().isList());
    }
}
