package org.sslam.core.ops;

import ai.djl.pytorch.jni.IValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sslam.core.engine.ScriptModule;

/**
 * The operators as a {@link ScriptModule}.
 *
 * <p>The source is the resource {@code ops.torchscript}; its places in double braces are products whose number format
 * the {@link Precision} decides. {@code linear} gives float32, {@code linear_kept} what the product gave, {@code
 * linear_scored} what the device's attention kernel is fast in: bfloat16 on a GPU, float32 on a CPU, whose library has
 * no fast bfloat16 product for it. {@code unrecorded} stands where no graph is built: oneDNN's product, which has no
 * backward pass but is faster on AMD's processors than the one that libtorch takes.
 */
final class ScriptPack {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)\\((.*)\\)}}");
    private static final String RECORDED = "torch.linear(%s, %s, %s)";
    private static final String UNRECORDED =
            "ops.mkldnn._linear_pointwise(%s, %s, %s, \"none\", annotate(List[Optional[number]], []), \"\")";
    /** Builds of libtorch for other processors may lack oneDNN. */
    private static final boolean ONEDNN = System.getProperty("os.arch").matches("amd64|x86_64");

    private static final String BF16 = "15";
    private static final String FLOAT = "6";

    private static final Map<Precision, ScriptPack> LOADED = new ConcurrentHashMap<>();

    private final ScriptModule module;

    private ScriptPack(ScriptModule module) {
        this.module = module;
    }

    /** The pack of a number format; loaded once, since a module stays with the process. */
    static ScriptPack of(Precision precision) {
        return LOADED.computeIfAbsent(precision, ScriptPack::load);
    }

    private static ScriptPack load(Precision precision) {
        try {
            return new ScriptPack(ScriptModule.load(source(precision)));
        } catch (IOException e) {
            throw new UncheckedIOException("the operator pack could not be loaded", e);
        }
    }

    IValue run(String method, IValue... arguments) {
        return module.run(method, arguments);
    }

    static String source(Precision precision) throws IOException {
        try (InputStream in = ScriptPack.class.getResourceAsStream("ops.torchscript")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return PLACE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(product(precision, m)));
        }
    }

    private static String product(Precision precision, MatchResult place) {
        String name = place.group(1);
        boolean half = precision == Precision.BF16;
        if (name.equals("conv2d")) {
            int lastFour = place.group(2).lastIndexOf(", w, b, pad, groups");
            String x = place.group(2).substring(0, lastFour);
            String form = "torch.conv2d(%s, %s, %s, [1, 1], [pad, pad], [1, 1], groups)";
            return half ? back(form.formatted(cast(x), cast("w"), cast("b"))) : form.formatted(x, "w", "b");
        }
        String[] a = place.group(2).split(", ");
        if (name.equals("unrecorded")) {
            return (ONEDNN ? UNRECORDED : RECORDED).formatted(a[0], a[1], a[2]);
        }
        if (!half) {
            return "(self).product(%s, %s, %s, )".formatted(a[0], a[1], a[2]);
        }
        String inHalf = RECORDED.formatted(cast(a[0]), cast(a[1]), cast(a[2]));
        return switch (name) {
            case "linear_kept" -> inHalf;
            case "linear_scored" -> "(self).scored(" + inHalf + ", )";
            default -> back(inHalf);
        };
    }

    private static String cast(String x) {
        return "torch.to(" + x + ", " + BF16 + ")";
    }

    private static String back(String x) {
        return "torch.to(" + x + ", " + FLOAT + ")";
    }
}
