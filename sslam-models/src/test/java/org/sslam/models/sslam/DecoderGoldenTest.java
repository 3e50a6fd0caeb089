package org.sslam.models.sslam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.ops.ArrayOps;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;

/** The convolutional decoder layer by layer, and its projection. */
class DecoderGoldenTest {
    static Stream<Ops> twins() {
        Torch.start();
        return Stream.of(new ScriptOps(Precision.FP32), new ArrayOps());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void everyLayer(Ops ops) {
        Fixture fixture = Golden.fixture("sslam", "decoder");
        try (NDManager manager = NDManager.newBaseManager()) {
            CnnDecoder decoder =
                    SslamFixtures.student(manager, fixture.config()).decoder();
            NDArray x = SslamFixtures.array(manager, fixture, "input_tokens");
            int[] compared = {0};
            NDArray features = decoder.convolve(ops, x, SslamFixtures.grid(fixture.config()), (i, out) -> {
                String name = "block" + i + ".out";
                if (fixture.has(name)) {
                    SslamFixtures.assertClose(fixture, name, out.transpose(0, 3, 1, 2));
                    compared[0]++;
                }
            });
            long layers =
                    fixture.names().stream().filter(n -> n.startsWith("block")).count();
            assertTrue(layers > 0);
            assertEquals(layers, compared[0]);
            SslamFixtures.assertClose(fixture, "out_tokens", decoder.project(ops, features));
        }
    }
}
