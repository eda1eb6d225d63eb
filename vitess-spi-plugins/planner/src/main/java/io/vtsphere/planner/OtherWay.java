package io.vtsphere.planner;

import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When the second way of a {@link Primitive.Either} may answer what the first did not. */
public final class OtherWay {
    /** Unknown and ambiguous columns, values that do not fit or compare, collations that do not mix. */
    private static final Set<Integer> OF_THE_QUERY = Set.of(1052, 1054, 1267, 1270, 1271, 1292, 1365, 1366, 1411, 1525);

    /** SQLState's class of data exceptions. */
    private static final String DATA_EXCEPTION = "22";

    private OtherWay() {}

    /**
     * The way that may be tried after such an error; null for none. The first was refused, or it is a join with an error that may be its own:
     * its parts compute what the whole query would not, and name other clauses.
     */
    public static @Nullable Primitive after(Primitive step, VtException error) {
        if (!(step instanceof Primitive.Either either)) {
            return null;
        }
        boolean ofTheQuery =
                OF_THE_QUERY.contains(error.errno()) || error.sqlState().startsWith(DATA_EXCEPTION);
        return error.state() == State.NOT_SUPPORTED_YET || (ofTheQuery && joins(either.preferred()))
                ? either.otherwise()
                : null;
    }

    private static boolean joins(Primitive step) {
        if (step instanceof Primitive.Limit limit) {
            return joins(limit.input());
        }
        return step instanceof Primitive.Join || (step instanceof Primitive.Sort sort && joins(sort.input()));
    }
}
