package org.sslam.models.mwmae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Golden;
import org.sslam.core.golden.Near;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Module;
import org.sslam.core.ops.ArrayOps;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.vit.PreNormBlock;

/** Single heads, the whole module and its block, with both sets of operators. */
class MultiWindowAttentionGoldenTest {
    private static final int GLOBAL_CHUNK = 20;

    private final Fixture heads = Golden.fixture("mwmae", "attention_heads");
    private final Fixture module = Golden.fixture("mwmae", "mwmha");

    private static Stream<Ops> twins() {
        Torch.start();
        return Stream.of(new ScriptOps(Precision.FP32), new ArrayOps());
    }

    @TestFactory
    Stream<DynamicTest> everyHead() {
        List<String> cases = heads.names().stream()
                .filter(name -> name.matches("(paper|bias|shift)\\.w\\d+|global"))
                .toList();
        assertTrue(cases.size() > 1);
        return twins().flatMap(ops -> cases.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name + ", " + ops.getClass().getSimpleName(), () -> GradMode.off(() -> head(name, ops)))));
    }

    /** One head between maps that hand q, k and v through: x = [q, k, v], a third of the width each. */
    private void head(String name, Ops ops) {
        long[] shape = heads.shape("q");
        int width = (int) shape[2];
        int window = name.equals("global") ? Windows.GLOBAL : Integer.parseInt(name.replaceAll("\\D", ""));
        boolean table = name.startsWith("bias") || name.startsWith("shift");
        try (NDManager manager = NDManager.newBaseManager()) {
            Init init = new Init(manager);
            WindowPlans plans = new WindowPlans(init, List.of(window), table, name.startsWith("shift"));
            MultiWindowAttention attention = new MultiWindowAttention(init, 3 * width, plans);
            Map<String, NDArray> state = attention.state();
            Tensors.fill(state.get("qkv.weight"), picking(width));
            Tensors.fill(state.get("proj.weight"), identity(3 * width));
            if (table) {
                Tensors.fill(
                        state.get("attn_heads.0.relative_position_bias_table"),
                        heads.floats("w" + window + ".relative_position_bias_table"));
            }
            float[] x = new float[(int) (shape[0] * shape[1]) * 3 * width];
            for (int part = 0; part < 3; part++) {
                float[] values = heads.floats(List.of("q", "k", "v").get(part));
                for (int i = 0; i < values.length; i++) {
                    x[i / width * 3 * width + part * width + i % width] = values[i];
                }
            }
            NDArray input = Tensors.of(manager, x, new Shape(shape[0], shape[1], 3L * width));
            NDArray out = attention.forward(ops, input).get(":, :, :{}", width);
            Near.check(heads, name, out.getShape().getShape(), out.toFloatArray());
        }
    }

    /** Rows that take q, k and v out of [q, k, v]; q made larger as the scale is that of three times the width. */
    private static float[] picking(int width) {
        int dim = 3 * width;
        float[] weight = new float[3 * dim * dim];
        for (int part = 0; part < 3; part++) {
            for (int i = 0; i < width; i++) {
                weight[(part * dim + i) * dim + part * width + i] = part == 0 ? (float) Math.sqrt(3) : 1;
            }
        }
        return weight;
    }

    private static float[] identity(int dim) {
        float[] weight = new float[dim * dim];
        for (int i = 0; i < dim; i++) {
            weight[i * dim + i] = 1;
        }
        return weight;
    }

    @TestFactory
    Stream<DynamicTest> everyIndexTable() {
        List<String> tables = heads.names().stream()
                .filter(name -> name.endsWith("relative_position_index"))
                .toList();
        assertTrue(tables.size() > 0);
        return tables.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    int window = (int) heads.shape(name)[0];
                    ScoreIndex index =
                            new ScoreIndex(new HeadRuns.Run(0, 1, window), List.of(window), GLOBAL_CHUNK, true, false);
                    assertArrayEquals(heads.longs(name), index.rows());
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyModule() {
        return twins().flatMap(ops -> Stream.of("mha_out", "mha_out_no_bias", "block_out", "block_out_shifted")
                .map(name -> DynamicTest.dynamicTest(
                        name + ", " + ops.getClass().getSimpleName(), () -> GradMode.off(() -> module(name, ops)))));
    }

    private void module(String name, Ops ops) {
        int dim = module.config().get("dim").asInt();
        List<Integer> windows = MwmaeFixtures.windows(module.config().get("windows"));
        try (NDManager manager = NDManager.newBaseManager()) {
            Init init = new Init(manager);
            boolean tables = !name.endsWith("no_bias");
            WindowPlans plans = new WindowPlans(init, windows, tables, name.endsWith("shifted"));
            MultiWindowAttention attention = new MultiWindowAttention(init, dim, plans);
            Module block = new BlockOfDecoder(MwmaeEncoder.block(init, dim, attention, sizes()));
            block.state().forEach((own, array) -> {
                String flax = "w/" + MwmaeFixtures.flaxName(own, true).replace("decoder_block_00/", "");
                Tensors.fill(array, MwmaeFixtures.stored(module, flax));
            });
            NDArray x = MwmaeFixtures.array(manager, module, "x");
            NDArray out =
                    name.startsWith("mha") ? attention.forward(ops, x) : ((BlockOfDecoder) block).block.forward(ops, x);
            MwmaeFixtures.assertClose(module, name, out);
        }
    }

    /** Of a whole network, but with the module's own feed-forward part. */
    private MwmaeConfig sizes() {
        Fixture network = Golden.fixture("mwmae", MwmaeFixtures.MODELS.get(0));
        return MwmaeFixtures.config(network.config(), MwmaeFixtures.mlpRatio(module, "w/"));
    }

    /** Gives the block's tensors the names that they have in a decoder. */
    private static final class BlockOfDecoder extends Module {
        private final PreNormBlock block;

        BlockOfDecoder(PreNormBlock block) {
            this.block = child("decoder_blocks.0", block);
        }
    }
}
