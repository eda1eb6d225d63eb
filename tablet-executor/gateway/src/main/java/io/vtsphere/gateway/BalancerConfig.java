package io.vtsphere.gateway;

import io.vtsphere.keys.Keys;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How replicas share the calls. The keys are vtgate's flag names.
 *
 * @param mode {@code vtgate-balancer-mode}; {@code load}, where vtgate has {@code cell}
 * @param vtgateCells {@code balancer-vtgate-cells}: for {@code prefer-cell} where gates are, this one's own cell among them; for {@code
 *     random} the cells to choose from, empty for all
 * @param keyspaces {@code balancer-keyspaces}: where the mode applies, empty for all; other keyspaces have {@code cell}
 */
public record BalancerConfig(BalancerMode mode, List<String> vtgateCells, Set<String> keyspaces) {
    /** @throws IllegalArgumentException naming the key whose value is wrong */
    public BalancerConfig {
        vtgateCells = List.copyOf(vtgateCells);
        keyspaces = Set.copyOf(keyspaces);
        boolean preferCell = mode == BalancerMode.PREFER_CELL;
        require(!preferCell || !vtgateCells.isEmpty(), "vtgate-balancer-mode prefer-cell needs balancer-vtgate-cells");
        require(
                vtgateCells.isEmpty() || preferCell || mode == BalancerMode.RANDOM,
                "balancer-vtgate-cells (" + vtgateCells + ") needs vtgate-balancer-mode prefer-cell or random");
        require(
                new HashSet<>(vtgateCells).size() == vtgateCells.size(),
                "balancer-vtgate-cells names a cell twice: " + vtgateCells);
    }

    static BalancerConfig of(Keys text, String cell) {
        boolean enabled = text.flag("enable-balancer", false);
        BalancerMode absent = enabled ? BalancerMode.PREFER_CELL : BalancerMode.LOAD;
        boolean named = text.has("vtgate-balancer-mode");
        BalancerMode mode = text.choice("vtgate-balancer-mode", absent, BalancerMode.values(), BalancerMode::key);
        require(
                !enabled || !named,
                "enable-balancer is an old name of vtgate-balancer-mode prefer-cell: set one of them");
        List<String> cells = text.list("balancer-vtgate-cells");
        require(
                mode != BalancerMode.PREFER_CELL || cells.isEmpty() || cells.contains(cell),
                "balancer-vtgate-cells (" + cells + ") must name this gate's own cell " + cell);
        return new BalancerConfig(mode, cells, new HashSet<>(text.list("balancer-keyspaces")));
    }

    BalancerMode modeOf(String keyspace) {
        return keyspaces.isEmpty() || keyspaces.contains(keyspace) ? mode : BalancerMode.CELL;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
