package org.sslam.models.audiomae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sslam.core.engine.Tensors;
import org.sslam.core.golden.Fixture;
import org.sslam.core.golden.Near;
import org.sslam.core.nn.Init;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.encoder.EncoderDraws;
import org.sslam.models.mask.GridMask;
import org.sslam.models.mask.RandomMask;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.DropPath;

/** Networks with a fixture's sizes and weights. */
public final class AudioMaeFixtures {
    /** Shares of hidden time steps and bands, which the fixture of the classifier says in words. */
    private static final Pattern HIDDEN = Pattern.compile("masking ([0-9.]+)/([0-9.]+)");

    private static final List<String> NUMBERS =
            List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight");

    private AudioMaeFixtures() {}

    /** Sizes of the models of {@code mae_models} with one of its decoders. */
    public static AudioMaeConfig config(JsonNode c, String decoder) {
        JsonNode local = c.get("local");
        int localBlocks = local.get("blocks").asInt();
        int globalBlocks = c.get("global").get("blocks").asInt();
        DecoderConfig.Kind kind =
                switch (decoder) {
                    case "global" -> DecoderConfig.Kind.GLOBAL;
                    case "hybrid" -> DecoderConfig.Kind.HYBRID;
                    default -> DecoderConfig.Kind.LOCAL;
                };
        int blocks =
                switch (kind) {
                    case GLOBAL -> globalBlocks;
                    case LOCAL -> localBlocks;
                    case HYBRID -> said(c.at("/hybrid/local_blocks"), localBlocks);
                };
        int onTop =
                kind == DecoderConfig.Kind.HYBRID ? said(c.at("/hybrid/global_blocks"), globalBlocks) : globalBlocks;
        int heads = kind == DecoderConfig.Kind.GLOBAL
                ? c.get("global").get("heads").asInt()
                : local.get("heads").asInt();
        JsonNode shift = local.get("shifts").get(1);
        boolean both = shift.get(1).asInt() > 0;
        DecoderConfig.Shift shifts = decoder.endsWith("no_shift")
                ? DecoderConfig.Shift.NONE
                : both ? DecoderConfig.Shift.BOTH : DecoderConfig.Shift.TIME;
        return config(
                c,
                new DecoderConfig(
                        kind,
                        c.get("decoder_dim").asInt(),
                        heads,
                        blocks,
                        onTop,
                        c.get("global").get("heads").asInt(),
                        local.get("window").get(0).asInt(),
                        shifts,
                        local.get("meta_hidden").asInt(),
                        0.1));
    }

    /** A number of blocks: as a number, or in words such as "the first two blocks"; all where none is said. */
    private static int said(JsonNode blocks, int all) {
        if (blocks.isInt()) {
            return blocks.asInt();
        }
        for (String word : blocks.asText().split("\\W+")) {
            if (word.matches("[1-9]\\d*")) {
                return Integer.parseInt(word);
            }
            if (word.equals("both") || word.equals("all")) {
                return all;
            }
            if (NUMBERS.contains(word)) {
                return NUMBERS.indexOf(word);
            }
        }
        return blocks.asText().contains("first block ") ? 1 : all;
    }

    /** Sizes of an encoder; the decoder is whatever is said. */
    public static AudioMaeConfig config(JsonNode c, DecoderConfig decoder) {
        int patch = c.get("patch").asInt();
        return new AudioMaeConfig(
                c.get("embed_dim").asInt(),
                c.get("depth").asInt(),
                c.get("heads").asInt(),
                c.path("mlp_ratio").asInt(4),
                patch,
                patch,
                c.get("grid").get(0).asInt() * patch,
                AudioMaeConfig.PositionOrder.REFERENCE,
                AudioMaeConfig.ShorterClips.FIRST_ROWS,
                c.path("ln_eps").asDouble(1e-6),
                decoder);
    }

    /** Mel bins of the fixture's clips. */
    public static int melBins(JsonNode c) {
        return c.get("grid").get(1).asInt() * c.get("patch").asInt();
    }

    /** A whole model with the fixture's weights. */
    public static AudioMae model(NDManager manager, Fixture fixture, String decoder) {
        JsonNode c = fixture.config();
        AudioMae model = new AudioMae(new Init(manager), config(c, decoder), melBins(c));
        int localBlocks = config(c, decoder).decoder().blockCount();
        fill(fixture, model.state(), name -> stored(fixture, name, decoder, localBlocks));
        return model;
    }

    /** A classifier with the weights of {@code finetune_vit}. */
    public static Classifier classifier(NDManager manager, Fixture fixture) {
        ObjectNode c = fixture.config().deepCopy();
        long[] fc1 = fixture.shape("w.blocks.0.mlp.fc1.weight");
        c.put("mlp_ratio", fc1[0] / fc1[1]);
        Init init = new Init(manager);
        DecoderConfig decoder =
                new DecoderConfig(DecoderConfig.Kind.GLOBAL, 4, 1, 1, 1, 0, 0, DecoderConfig.Shift.NONE, 1, 0);
        AudioMaeEncoder encoder = new AudioMaeEncoder(init, config(c, decoder), melBins(c), false);
        Classifier model =
                new Classifier(init, encoder, c.get("classes").asInt(), Classifier.Pooling.MEAN, Classifier.HEAD_STD);
        fill(fixture, model.state(), name -> "w." + name);
        return model;
    }

    /** Time steps and bands hidden as the fixture's noise leads to. */
    public static EncoderDraws hidden(Fixture fixture) {
        String description = fixture.index().get("description").asText();
        Matcher shares = HIDDEN.matcher(description);
        assertTrue(shares.find(), description);
        double times = Double.parseDouble(shares.group(1));
        double bands = Double.parseDouble(shares.group(2));
        return new EncoderDraws(DropPath.NONE, Optional.of(grid -> {
            GridMask mask = new GridMask(grid, times, bands);
            int[][] seen = new int[(int) fixture.shape("noise_t")[0]][];
            for (int row = 0; row < seen.length; row++) {
                seen[row] = mask.seenInNoiseOrder(
                        new GridMask.Noise(row(fixture, "noise_t", row), row(fixture, "noise_f", row)));
            }
            return seen;
        }));
    }

    private static double[] row(Fixture fixture, String tensor, int row) {
        int width = (int) fixture.shape(tensor)[1];
        float[] values = fixture.floats(tensor);
        double[] own = new double[width];
        for (int i = 0; i < width; i++) {
            own[i] = values[row * width + i];
        }
        return own;
    }

    /** Where a tensor of a model lies: shared ones plainly, blocks of the decoder below the decoder's name. */
    private static String stored(Fixture fixture, String name, String decoder, int localBlocks) {
        if (fixture.has("w." + name)) {
            return "w." + name;
        }
        if (!decoder.equals("hybrid")) {
            return "w." + (decoder.equals("global") ? "global." : "local.") + name;
        }
        String[] parts = name.split("\\.", 3);
        int block = Integer.parseInt(parts[1]);
        return block < localBlocks
                ? "w.local." + name
                : "w.global.decoder_blocks." + (block - localBlocks) + "." + parts[2];
    }

    /** Fills every tensor of a module from a fixture. */
    public static void fill(Fixture fixture, Map<String, NDArray> state, UnaryOperator<String> stored) {
        state.forEach((name, array) -> {
            String tensor = stored.apply(name);
            assertTrue(fixture.has(tensor), fixture + " has no tensor " + tensor);
            assertArrayEquals(fixture.shape(tensor), array.getShape().getShape(), tensor);
            Tensors.fill(array, fixture.floats(tensor));
        });
    }

    /** The mask that the fixture's noise leads to. */
    public static TokenOrder order(Fixture fixture) {
        long[] shape = fixture.shape("noise");
        RandomMask mask = RandomMask.ofRatio(
                (int) shape[1], fixture.config().get("mask_ratio").asDouble());
        int[][] rows = new int[(int) shape[0]][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = mask.order(row(fixture, "noise", row));
        }
        return new TokenOrder(rows, mask.seen());
    }

    /** One tensor of a fixture. */
    public static NDArray array(NDManager manager, Fixture fixture, String name) {
        return Tensors.of(manager, fixture.floats(name), new Shape(fixture.shape(name)));
    }

    /** Compares shape and values. */
    public static void assertClose(Fixture fixture, String name, NDArray actual) {
        Near.check(fixture, name, actual.getShape().getShape(), actual.toFloatArray());
    }
}
