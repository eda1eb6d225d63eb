package io.vtsphere.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the gate of one cell divides its calls among the cells of the tablets, so that every tablet gets as many as any other and as few as
 * possible leave their cell. Gates in all the cells have the same amount to divide.
 *
 * <p>Each cell first takes what comes from its own gates, up to its tablets' share; what is left over flows to the cells that have room,
 * in proportion to it. Stateless. Source: Vitess' {@code go/vt/vtgate/balancer/flow.go}.
 */
final class CellFlows {
    private static final int TOTAL = 1_000_000;

    private CellFlows() {}

    /**
     * The share of each tablet, added to those before it, as {@link Choice#weighted} takes it.
     *
     * @param cell this gate's; one of {@code gateCells}
     * @param tabletCells the cell of each tablet; not empty
     */
    static int[] limits(String cell, List<String> gateCells, List<String> tabletCells) {
        Map<String, Integer> tablets = new LinkedHashMap<>();
        tabletCells.forEach(at -> tablets.merge(at, 1, Integer::sum));
        Map<String, Double> shares = shares(cell, gateCells, tablets, tabletCells.size());
        int[] limits = new int[tabletCells.size()];
        int sum = 0;
        for (int i = 0; i < limits.length; i++) {
            String at = tabletCells.get(i);
            sum += (int) Math.round(shares.getOrDefault(at, 0.0) / tablets.getOrDefault(at, 1));
            limits[i] = sum;
        }
        return limits;
    }

    private static Map<String, Double> shares(
            String cell, List<String> gateCells, Map<String, Integer> tablets, int all) {
        double perGateCell = (double) TOTAL / gateCells.size();
        Map<String, Double> room = new LinkedHashMap<>();
        tablets.forEach((at, count) -> {
            double target = (double) TOTAL * count / all;
            room.put(at, gateCells.contains(at) ? Math.max(0, target - perGateCell) : target);
        });
        double target = (double) TOTAL * tablets.getOrDefault(cell, 0) / all;
        double local = Math.min(perGateCell, target);
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put(cell, local);
        double free = room.values().stream().mapToDouble(Double::doubleValue).sum();
        if (free > 0) {
            room.forEach((at, space) -> shares.merge(at, (perGateCell - local) * space / free, Double::sum));
        }
        return shares;
    }
}
