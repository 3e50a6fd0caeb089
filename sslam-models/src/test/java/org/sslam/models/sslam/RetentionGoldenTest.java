package org.sslam.models.sslam;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;

/** Dropping unmixed columns, and the source-retention target as mean and as maximum. */
class RetentionGoldenTest {
    private final Fixture fixture = Golden.fixture("sslam", "mixing");
    private final Ops ops = ops();

    private static Ops ops() {
        Torch.start();
        return new ScriptOps(Precision.FP32);
    }

    @Test
    void dropsUnmixedColumns() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray tokens = SslamFixtures.array(manager, fixture, "tokens");
            SslamFixtures.assertClose(fixture, "tokens_dropped", SslamTeacher.dropTokens(ops, tokens, mixedTokens()));
        }
    }

    @Test
    void keepsBothSources() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray whole = target(manager, "ya");
            NDArray part = target(manager, "yb");
            for (RetentionTarget.Combination combination : RetentionTarget.Combination.values()) {
                SslamFixtures.assertClose(
                        fixture,
                        "srl_target_" + combination.name().toLowerCase(Locale.ROOT),
                        RetentionTarget.of(ops, whole, part, mixedTokens(), combination));
            }
        }
    }

    private NDArray target(NDManager manager, String prefix) {
        int layers = 0;
        while (fixture.has(prefix + layers)) {
            layers++;
        }
        assertTrue(layers > 0, "the fixture has no " + prefix + "N");
        try (TargetSum sum = new TargetSum(layers)) {
            for (int i = 0; i < layers; i++) {
                sum.add(ops, SslamFixtures.array(manager, fixture, prefix + i));
            }
            return sum.target(ops);
        }
    }

    private int[] mixedTokens() {
        JsonNode columns = fixture.config().get("mixed_columns");
        int rows = SslamFixtures.grid(fixture.config()).frequency();
        int[] tokens = new int[columns.size() * rows];
        for (int c = 0; c < columns.size(); c++) {
            for (int f = 0; f < rows; f++) {
                tokens[c * rows + f] = columns.get(c).asInt() * rows + f;
            }
        }
        return tokens;
    }
}
