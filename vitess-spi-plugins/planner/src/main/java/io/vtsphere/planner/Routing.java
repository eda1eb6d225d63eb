package io.vtsphere.planner;

import io.vtsphere.vindex.Vindex;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement goes: a keyspace, and how its shards follow from the bind variables.
 *
 * <p>Immutable and thread-safe. Reads and changes map a value through {@link ComparedValue#of}, so that it leads to the rows that MySQL finds
 * equal to it; an INSERT maps its values as they are. The values by opcode:
 *
 * <ul>
 *   <li>{@link Opcode#EQUAL_UNIQUE}, {@link Opcode#EQUAL}, {@link Opcode#SUB_SHARD}: one single value per vindex column, in the vindex'
 *       column order;
 *   <li>{@link Opcode#IN} and {@link Opcode#MULTI_EQUAL}: one value per vindex column; those with {@link RouteValue#isList()} are lists.
 *       A list of a single-column {@code IN} is sent per shard as {@code ::__vals}; with several columns, the list of column {@code i} as
 *       {@code ::__vals<i>}, and the single values stand for every row. For MULTI_EQUAL the lists have one length and belong together row
 *       by row;
 *   <li>{@link Opcode#BETWEEN}: the lower and the upper bound, both included;
 *   <li>all others: none.
 * </ul>
 *
 * @param keyspace the keyspace's name
 * @param sharded whether the keyspace is sharded
 * @param vindex the vindex that maps the values; present exactly for the opcodes that have values
 * @param target the shards for {@link Opcode#BY_DESTINATION}; otherwise null
 */
public record Routing(
        Opcode opcode,
        String keyspace,
        boolean sharded,
        @Nullable Vindex vindex,
        List<RouteValue> values,
        @Nullable ShardTarget target) {

    /** The bind variable that holds a shard's own values of a single-column {@link Opcode#IN}. */
    public static final String VALS = "__vals";

    public Routing {
        values = List.copyOf(values);
    }

    /** A route that needs no values: for all opcodes but those with a vindex and BY_DESTINATION. */
    public static Routing of(Opcode opcode, String keyspace, boolean sharded) {
        return new Routing(opcode, keyspace, sharded, null, List.of(), null);
    }

    public static Routing byVindex(Opcode opcode, String keyspace, Vindex vindex, List<RouteValue> values) {
        return new Routing(opcode, keyspace, true, vindex, values, null);
    }

    public static Routing byDestination(String keyspace, boolean sharded, ShardTarget target) {
        return new Routing(Opcode.BY_DESTINATION, keyspace, sharded, null, List.of(), target);
    }

    /** The vindex of an opcode that has values. */
    public Vindex requireVindex() {
        return Objects.requireNonNull(vindex, () -> opcode + " route without a vindex");
    }

    /** The shards of a BY_DESTINATION route. */
    public ShardTarget requireTarget() {
        return Objects.requireNonNull(target, () -> opcode + " route without a target");
    }

    /** Whether at most one shard is reached whatever the values are. */
    public boolean isSingleShard() {
        if (opcode == Opcode.BY_DESTINATION) {
            return !(target instanceof ShardTarget.All) && !(target instanceof ShardTarget.ExactKeyRange);
        }
        return opcode.isSingleShard();
    }
}
