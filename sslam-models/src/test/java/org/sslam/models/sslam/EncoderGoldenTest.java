package org.sslam.models.sslam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.ops.ArrayOps;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.mask.TokenMask;
import org.sslam.models.vit.TransformerBlock;

/** Patches, positions, CLS, every block: masked clones and whole clips, with both sets of operators. */
class EncoderGoldenTest {
    private final Fixture fixture = Golden.fixture("sslam", "encoder");

    static Stream<Ops> twins() {
        Torch.start();
        return Stream.of(new ScriptOps(Precision.FP32), new ArrayOps());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void wholeClips(Ops ops) {
        try (NDManager manager = NDManager.newBaseManager()) {
            SslamEncoder encoder =
                    SslamFixtures.student(manager, fixture.config()).encoder();
            NDArray x = SslamFixtures.array(manager, fixture, "input");
            SslamFixtures.assertClose(fixture, "patch_tokens", encoder.patchTokens(ops, x));
            NDArray input = encoder.withCls(ops, encoder.tokens(ops, x));
            SslamFixtures.assertClose(fixture, "full.block_input", input);
            int[] seen = {0};
            int[] compared = {0};
            encoder.blocks(ops, input, (i, output) -> {
                compared[0] += compare("full.block" + i, output);
                seen[0]++;
            });
            assertEquals(fixture.config().get("depth").asInt(), seen[0]);
            assertAllCompared("full\\.", compared[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void maskedClones(Ops ops) {
        try (NDManager manager = NDManager.newBaseManager()) {
            SslamStudent student = SslamFixtures.student(manager, fixture.config());
            SslamEncoder encoder = student.encoder();
            TokenMask mask = SslamFixtures.mask(fixture, "mask");
            NDArray x = SslamFixtures.array(manager, fixture, "input");
            NDArray tokens = encoder.tokens(ops, x);
            Shape s = tokens.getShape();
            int clones = fixture.config().get("clones").asInt();
            NDArray index = manager.create(mask.visibleRows(clones));
            NDArray kept = ops.takeRows(tokens.reshape(s.get(0) * s.get(1), s.get(2)), index);
            NDArray input = encoder.withCls(ops, kept.reshape(mask.rows(), mask.visiblePerRow(), s.get(2)));
            SslamFixtures.assertClose(fixture, "block_input", input);
            int last = fixture.config().get("depth").asInt() - 1;
            int[] compared = {0};
            encoder.blocks(ops, input, (i, output) -> compared[0] += compare("block" + i, output));
            assertAllCompared("", compared[0]);
            if (!fixture.has("block" + last + ".out")) {
                return;
            }
            SslamStudent.Encoded encoded = student.encode(ops, tokens, mask);
            float[] out = fixture.floats("block" + last + ".out");
            int row = (mask.visiblePerRow() + 1) * (int) s.get(2);
            float[] cls = encoded.clsRD().toFloatArray();
            float[] visible = encoded.visibleRKD().toFloatArray();
            for (int r = 0; r < mask.rows(); r++) {
                for (int d = 0; d < s.get(2); d++) {
                    assertEquals(out[r * row + d], cls[r * (int) s.get(2) + d], 3e-4);
                }
                int body = row - (int) s.get(2);
                assertEquals(out[r * row + row - 1], visible[r * body + body - 1], 3e-4);
            }
        }
    }

    /** What the fixture has of a block: its feed-forward output, its output, both. */
    private int compare(String block, TransformerBlock.Output output) {
        int compared = 0;
        for (Map.Entry<String, NDArray> part :
                Map.of(".ffn", output.ffn(), ".out", output.out()).entrySet()) {
            if (fixture.has(block + part.getKey())) {
                SslamFixtures.assertClose(fixture, block + part.getKey(), part.getValue());
                compared++;
            }
        }
        return compared;
    }

    private void assertAllCompared(String prefix, int compared) {
        Pattern block = Pattern.compile(prefix + "block\\d+\\.\\w+");
        long recorded = fixture.names().stream()
                .filter(name -> block.matcher(name).matches())
                .count();
        assertTrue(recorded > 0, "the fixture has no block");
        assertEquals(recorded, compared);
    }

    @Test
    void keptTokensAreAscending() {
        TokenMask mask = SslamFixtures.mask(fixture, "mask");
        long[] expected = fixture.longs("ids_keep");
        long[] rows = mask.visibleRows(1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] -= (long) (i / mask.visiblePerRow()) * mask.tokens();
        }
        assertArrayEquals(expected, rows);
    }
}
