package org.sslam.train.loop;

import java.util.List;
import java.util.Map;
import org.sslam.core.UserException;

/**
 * Decides whether a step may change weights, and whether the run may go on.
 *
 * <p>A step whose loss or gradient norm is not finite is skipped; too many in a row stop the run. So does collapse:
 * targets or predictions whose deviation over tokens falls below a floor.
 */
final class StepGuard {
    private final LoopConfig config;

    StepGuard(LoopConfig config) {
        this.config = config;
    }

    static boolean finite(double loss, double gradientNorm) {
        return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }

    /** One line about a skipped step. */
    static String describe(long update, double loss, double norm, List<String> clips) {
        return "update " + (update + 1) + " skipped, weights untouched: loss " + loss + ", gradient norm " + norm
                + ", clips " + String.join(", ", clips);
    }

    void checkPatience(TrainState state) {
        if (state.consecutiveSkipped() >= config.nonFinitePatience()) {
            throw new UserException(state.consecutiveSkipped() + " steps in a row were not finite, the last at update "
                    + (state.updates() + 1) + "; look at the clips named above with"
                    + " 'sslam data verify', or begin a new run folder with a lower optimizer.learningRate");
        }
    }

    void checkCollapse(long updates, Map<String, Double> diagnostics) {
        if (updates < config.collapseAfter()) {
            return;
        }
        check("target_var", "loop.minTargetVar", config.minTargetVar(), updates, diagnostics);
        check("pred_var", "loop.minPredVar", config.minPredVar(), updates, diagnostics);
    }

    private static void check(String name, String key, double floor, long updates, Map<String, Double> diagnostics) {
        Double value = diagnostics.get(name);
        if (value != null && value < floor) {
            throw new UserException("representations have collapsed at update " + updates + ": " + name + " is " + value
                    + ", below " + key + " = " + floor
                    + "; begin a new run folder with a lower optimizer.learningRate or a higher ema.startDecay");
        }
    }
}
