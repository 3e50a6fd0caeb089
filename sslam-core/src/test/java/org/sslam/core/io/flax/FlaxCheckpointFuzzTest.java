package org.sslam.core.io.flax;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.fuzz.Fuzz;
import org.sslam.core.fuzz.TensorFiles;
import org.sslam.core.random.Draws;

class FlaxCheckpointFuzzTest {
    private static final int DEEPEST = 5;
    private static final String[] NAMES = {
        "params", "w", "0", "1", "shape", "chunks", "__msgpack_chunked_array__", "a/b"
    };
    private static final String[] TYPES = {"float32", "bfloat16", "int64", "bool", "V2", "object", ""};

    @TempDir
    Path folder;

    private static byte[] checkpoint() {
        return new MessagePackBytes()
                .map(3)
                .text("step")
                .raw(0x07)
                .text("params")
                .map(2)
                .text("w")
                .array(new float[6], 2, 3)
                .text("b")
                .array(new float[1])
                .text("big")
                .map(3)
                .text("__msgpack_chunked_array__")
                .raw(0xC3)
                .text("shape")
                .map(1)
                .text("0")
                .raw(0x04)
                .text("chunks")
                .map(2)
                .text("0")
                .array(new float[2], 2)
                .text("1")
                .array(new float[2], 2)
                .bytes();
    }

    /** A random tree of values that are nearly always well-formed. */
    private static void value(MessagePackBytes out, SplittableRandom random, int depth) {
        int kind = Draws.below(random, depth == 0 ? 2 : depth > DEEPEST ? 12 : 14);
        switch (kind) {
            case 0, 1, 12, 13 -> map(out, random, depth);
            case 2 -> out.raw(Draws.below(random, 128));
            case 3 -> out.raw(0xC0 + Draws.below(random, 4));
            case 4 -> out.text(NAMES[Draws.below(random, NAMES.length)]);
            case 5 -> out.raw(0xCB).big(8, random.nextLong());
            case 6 -> out.raw(0xD3).big(8, random.nextLong() >> Draws.below(random, 64));
            case 7 -> out.extension(Draws.below(random, 4), new byte[Draws.below(random, 20)]);
            case 8 -> list(out, random, depth);
            default -> out.extension(1 + Draws.below(random, 3) / 2, payload(random));
        }
    }

    private static void map(MessagePackBytes out, SplittableRandom random, int depth) {
        int entries = Draws.below(random, 4);
        out.map(entries);
        for (int i = 0; i < entries; i++) {
            out.text(NAMES[(i + Draws.below(random, NAMES.length)) % NAMES.length]);
            value(out, random, depth + 1);
        }
    }

    private static void list(MessagePackBytes out, SplittableRandom random, int depth) {
        int items = Draws.below(random, 4);
        out.raw(0x90 + items);
        for (int i = 0; i < items; i++) {
            value(out, random, depth + 1);
        }
    }

    private static byte[] payload(SplittableRandom random) {
        String type = TYPES[Draws.below(random, TYPES.length)];
        byte[] data = new byte[8 * Draws.below(random, 5)];
        long size = Draws.below(random, 4) == 0 ? random.nextLong() >> Draws.below(random, 64) : data.length / 4;
        return Draws.below(random, 2) == 0
                ? MessagePackBytes.payload(type, data, size)
                : MessagePackBytes.payload(type, data, size, Draws.below(random, 3));
    }

    @Test
    void damagedCheckpointsAreRefused() {
        Fuzz.Report report = Fuzz.of("flax")
                .seed(checkpoint())
                .seed(new MessagePackBytes().map(0).bytes())
                .words(
                        "__msgpack_chunked_array__",
                        "\332\0\5shape",
                        "\332\0\6chunks",
                        "\332\0\0010",
                        "float32",
                        "bfloat16")
                .words("\300", "\302", "\303", "\311\0\0\0\0\1", "\333\377\377\377\377", "\335\0\377\377\377")
                .words("\337\0\377\377\377", "\220", "\200", "\336\0\0", "\317\377\377\377\377\377\377\377\377")
                .mutation((input, random) -> {
                    MessagePackBytes out = new MessagePackBytes();
                    value(out, random, 0);
                    return out.bytes();
                })
                .run(folder, file -> TensorFiles.readAll(FlaxCheckpoint.open(file)));
        assertTrue(report.reasons() > 12, report.toString());
    }
}
