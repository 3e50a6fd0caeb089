package org.sslam.models.mwmae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.sslam.core.engine.Tensors;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Near;
import org.sslam.core.nn.Init;
import org.sslam.models.mask.RandomMask;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.Patchify;

/** Networks with a fixture's sizes and weights, whose names and layouts are flax's. */
public final class MwmaeFixtures {
    /** Fixtures of whole networks. */
    public static final List<String> MODELS = List.of("model_mwmae", "model_mae_cls", "model_mwmae_200x80");

    private static final String PARAMETERS = "params/";
    private static final Pattern BLOCK = Pattern.compile("^(decoder_)?blocks\\.(\\d+)");

    private MwmaeFixtures() {}

    /** Sizes as the fixture names them, the feed-forward's as its weights have it; without windows it is the plain MAE. */
    public static MwmaeConfig config(Fixture fixture) {
        return config(fixture.config(), mlpRatio(fixture, PARAMETERS + "encoder_block_00/"));
    }

    /** How much wider the feed-forward part of a block is, of which all tensors begin so. */
    static int mlpRatio(Fixture fixture, String block) {
        long[] kernel = fixture.shape(block + "Mlp_0/Dense_0/kernel");
        return (int) (kernel[1] / kernel[0]);
    }

    static MwmaeConfig config(JsonNode c, int mlpRatio) {
        List<Integer> windows = new ArrayList<>();
        c.path("decoder_window_sizes").forEach(w -> windows.add(w.asInt()));
        boolean plain = windows.isEmpty();
        return new MwmaeConfig(
                c.get("embed_dim").asInt(),
                c.get("depth").asInt(),
                c.get("num_heads").asInt(),
                mlpRatio,
                c.get("patch_size").get(0).asInt(),
                c.get("patch_size").get(1).asInt(),
                plain,
                true,
                List.of(),
                c.path("ln_eps").asDouble(1e-6),
                new DecoderConfig(
                        c.get("decoder_embed_dim").asInt(),
                        c.get("decoder_depth").asInt(),
                        plain ? DecoderConfig.Kind.PLAIN : DecoderConfig.Kind.MULTI_WINDOW,
                        windows,
                        plain ? c.get("decoder_num_heads").asInt() : 0,
                        true,
                        false));
    }

    /** Frames of a clip. */
    public static int frames(Fixture fixture) {
        return fixture.config().get("img_size").get(0).asInt();
    }

    /** Mel bins of a clip. */
    public static int bins(Fixture fixture) {
        return fixture.config().get("img_size").get(1).asInt();
    }

    /** A network with the fixture's weights. */
    public static Mwmae model(NDManager manager, Fixture fixture) {
        Mwmae model = new Mwmae(new Init(manager), config(fixture), frames(fixture), bins(fixture));
        fill(fixture, PARAMETERS, model.state());
        return model;
    }

    /** Fills every tensor of a module, and sees to it that none of the fixture is left over. */
    public static void fill(Fixture fixture, String prefix, Map<String, NDArray> state) {
        boolean windowed = isWindowed(fixture, prefix);
        state.forEach((name, array) -> {
            String stored = prefix + flaxName(name, windowed);
            assertTrue(fixture.has(stored), fixture + " has no tensor " + stored + " for " + name);
            Tensors.fill(array, stored(fixture, stored));
            if (!stored.endsWith("kernel")) {
                assertArrayEquals(fixture.shape(stored), array.getShape().getShape(), stored);
            }
        });
        long given = fixture.names().stream().filter(n -> n.startsWith(prefix)).count();
        assertEquals(given, state.size(), "every tensor of " + fixture + " below " + prefix + " has its place");
    }

    /** Values of a parameter of the fixture in the order of ours: kernels turned, all else as it stands. */
    public static float[] stored(Fixture fixture, String name) {
        float[] values = fixture.floats(name);
        return name.endsWith("kernel") ? transposed(values, fixture.shape(name)) : values;
    }

    /** Whether the attention below a prefix (of the decoder, in a whole network) is multi-window. */
    public static boolean isWindowed(Fixture fixture, String prefix) {
        return fixture.names().stream().anyMatch(n -> n.startsWith(prefix) && n.contains("wmha_block/"));
    }

    /**
     * What flax calls a tensor.
     *
     * @param windowed whether the decoder's attention is multi-window
     */
    public static String flaxName(String name, boolean windowed) {
        String leaf = name.substring(name.lastIndexOf('.') + 1);
        if (leaf.equals(name)) {
            return name;
        }
        boolean norm = name.matches(".*norm\\d?\\.\\w+");
        String flaxLeaf = leaf.equals("weight") ? (norm ? "scale" : "kernel") : leaf;
        String path = name.substring(0, name.length() - leaf.length() - 1);
        boolean plain = path.startsWith("blocks") || !windowed;
        path = BLOCK.matcher(path)
                .replaceFirst(block -> (block.group(1) == null ? "encoder" : "decoder")
                        + "_block_%02d".formatted(Integer.parseInt(block.group(2))))
                .replaceFirst("^norm$", "encoder_norm")
                .replaceFirst("norm1$", "LayerNorm_0")
                .replaceFirst("norm2$", "LayerNorm_1")
                .replaceFirst("mlp\\.fc1$", "Mlp_0/Dense_0")
                .replaceFirst("mlp\\.fc2$", "Mlp_0/Dense_1")
                .replaceFirst("attn_heads\\.(\\d+)$", "attn_heads_$1");
        path = plain
                ? path.replaceFirst("attn\\.qkv$", "Attention_0/Dense_0")
                        .replaceFirst("attn\\.proj$", "Attention_0/Dense_1")
                : path.replaceFirst("attn\\.", "wmha_block/");
        return path.replace('.', '/') + "/" + flaxLeaf;
    }

    /** (in, out) to (out, in); a patch kernel (frames, bins, 1, out) to (out, 1, frames, bins). */
    private static float[] transposed(float[] values, long[] shape) {
        int out = (int) shape[shape.length - 1];
        int in = values.length / out;
        float[] turned = new float[values.length];
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                turned[o * in + i] = values[i * out + o];
            }
        }
        return turned;
    }

    /** The mask that the fixture's noise leads to. */
    public static TokenOrder order(Fixture fixture) {
        return order(fixture, "noise", fixture.config().get("mask_ratio").asDouble());
    }

    static TokenOrder order(Fixture fixture, String noise, double ratio) {
        int rows = (int) fixture.shape(noise)[0];
        int tokens = (int) fixture.shape(noise)[1];
        float[] values = fixture.floats(noise);
        RandomMask mask = RandomMask.ofPercent(tokens, ratio);
        int[][] order = new int[rows][];
        for (int row = 0; row < rows; row++) {
            int from = row * tokens;
            order[row] = mask.order(IntStream.range(0, tokens)
                    .mapToDouble(i -> values[from + i])
                    .toArray());
        }
        return new TokenOrder(order, mask.seen());
    }

    /** Cells of some patches of the fixture's input. */
    public static NDArray cells(NDManager manager, Fixture fixture, long[] numbers) {
        MwmaeConfig config = config(fixture);
        Patchify patchify = Patchify.sideBySide(
                config.grid(frames(fixture), bins(fixture)), config.patchFrames(), config.patchBins());
        float[] rows = patchify.rows(fixture.floats("input"), (int) fixture.shape("input")[0], numbers);
        return Tensors.of(manager, rows, new Shape(numbers.length, patchify.cells()));
    }

    /** One tensor of a fixture. */
    public static NDArray array(NDManager manager, Fixture fixture, String name) {
        return Tensors.of(manager, fixture.floats(name), new Shape(fixture.shape(name)));
    }

    /** Compares shape and values. */
    public static void assertClose(Fixture fixture, String name, NDArray actual) {
        Near.check(fixture, name, actual.getShape().getShape(), actual.toFloatArray());
    }

    /** Windows of a fixture's module. */
    static List<Integer> windows(JsonNode list) {
        int[] windows = new int[list.size()];
        Arrays.setAll(windows, i -> list.get(i).asInt());
        return Arrays.stream(windows).boxed().toList();
    }
}
