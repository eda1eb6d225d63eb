package io.vtsphere.planner;

import java.util.Collection;

/** An estimate of the memory that plans take, in bytes: their texts, and a fixed part for each object. */
final class PlanWeight {
    private static final int OBJECT_BYTES = 32;

    private PlanWeight() {}

    static long of(Plan plan) {
        return OBJECT_BYTES + of(plan.root()) + (long) plan.sessionValues().size() * 2 * OBJECT_BYTES;
    }

    static long of(String text) {
        return OBJECT_BYTES + text.length();
    }

    static long of(Collection<String> texts) {
        return texts.stream().mapToLong(PlanWeight::of).sum();
    }

    private static long of(QueryText text) {
        return of(text.sql()) + of(text.binds());
    }

    private static long of(Routing routing) {
        long bytes = 2L * OBJECT_BYTES;
        for (RouteValue value : routing.values()) {
            bytes += of(value);
        }
        return bytes;
    }

    private static long of(RouteValue value) {
        if (value instanceof RouteValue.Tuple tuple) {
            return OBJECT_BYTES
                    + tuple.values().stream().mapToLong(PlanWeight::of).sum();
        }
        return value instanceof RouteValue.Literal literal
                ? 2L * OBJECT_BYTES + literal.value().bytes().length
                : 2L * OBJECT_BYTES;
    }

    private static long of(Primitive primitive) {
        if (primitive instanceof Primitive.Either either) {
            return of(either.preferred()) + of(either.otherwise());
        }
        if (primitive instanceof Primitive.Inner inner) {
            long own = inner instanceof Primitive.Gather gather
                    ? 2 * of(gather.query())
                            + (gather.parts() == null ? 0 : of(gather.parts().merge()))
                    : 0;
            own += inner instanceof Primitive.Join join
                    ? (join.parts().size() + join.items().size()) * 4L * OBJECT_BYTES
                    : 0;
            return 4L * OBJECT_BYTES
                    + own
                    + inner.inputs().stream().mapToLong(PlanWeight::of).sum();
        }
        if (primitive instanceof Primitive.Route route) {
            return of(route.routing())
                    + of(route.query())
                    + of(route.fieldQuery())
                    + of(route.tables())
                    + (long) route.orderBy().size() * OBJECT_BYTES;
        }
        if (primitive instanceof Primitive.Insert insert) {
            return of(insert);
        }
        if (primitive instanceof Primitive.Update update) {
            return of(update.routing()) + of(update.query()) + of(update.table());
        }
        if (primitive instanceof Primitive.Delete delete) {
            return of(delete.routing()) + of(delete.query()) + of(delete.table());
        }
        if (primitive instanceof Primitive.LookupWrite write) {
            return of(write.routing())
                    + 2 * of(write.query())
                    + of(write.owned().query());
        }
        if (primitive instanceof Primitive.Send send) {
            return of(send.routing()) + of(send.query()) + of(send.tables());
        }
        if (primitive instanceof Primitive.Lock lock) {
            return of(lock.routing()) + of(lock.query()) + (long) lock.calls().size() * 4 * OBJECT_BYTES;
        }
        if (primitive instanceof Primitive.Explained explained) {
            return of(explained.plan());
        }
        if (primitive instanceof Primitive.KeysShown keys) {
            return of(keys.json());
        }
        if (primitive instanceof Primitive.Rows rows) {
            return rows.rows().stream()
                    .flatMap(Collection::stream)
                    .mapToLong(value -> 2L * OBJECT_BYTES + value.bytes().length)
                    .sum();
        }
        return 8L * OBJECT_BYTES;
    }

    private static long of(Primitive.Insert insert) {
        long bytes = of(insert.routing()) + of(insert.query()) + of(insert.prefix()) + of(insert.suffix());
        bytes += of(insert.rows());
        for (Primitive.VindexRows vindex : insert.vindexes()) {
            for (Collection<RouteValue> row : vindex.rows()) {
                bytes += row.stream().mapToLong(PlanWeight::of).sum();
            }
        }
        return bytes;
    }
}
