package org.sslam.core.io.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.fuzz.Fuzz;
import org.sslam.core.fuzz.Mutations;
import org.sslam.core.fuzz.TensorFiles;
import org.sslam.core.golden.Golden;
import org.sslam.core.random.Draws;

class TorchPickleFuzzTest {
    private static final String[] WORDS = {
        "(",
        ")",
        "}",
        "]",
        "t",
        "s",
        "u",
        "e",
        "a",
        "R",
        "b",
        "Q",
        ".",
        "N",
        "0",
        "1",
        "2",
        "q\0",
        "h\0",
        "r\1\0\0\0",
        "j\1\0\0\0",
        "K\1",
        "M\1\1",
        "J\377\377\377\377",
        "\212\1\177",
        "\212\10\0\0\0\0\0\0\0\200",
        "\213\4\0\0\0\1\2\3\4",
        "G\177\360\0\0\0\0\0\0",
        "X\1\0\0\0a",
        "X\377\377\377\377",
        "\214\1b",
        "\215\377\377\377\377\377\377\377\177",
        "U\1c",
        "T\1\0\0\0d",
        "B\1\0\0\0e",
        "C\1f",
        "\205",
        "\206",
        "\207",
        "\210",
        "\211",
        "\217",
        "\220",
        "\221",
        "\223",
        "\224",
        "\225\0\0\0\0\0\0\0\0",
        "\200\2",
        "\200\4",
        "ccollections\nOrderedDict\n",
        "ctorch\nFloatStorage\n",
        "ctorch\nfloat32\n",
        "ctorch\nSize\n",
        "ctorch._utils\n_rebuild_tensor_v2\n",
        "ctorch._utils\n_rebuild_parameter\n",
        "cargparse\nNamespace\n",
        "cos\nsystem\n",
        "X\7\0\0\0storageX\1\0\0\0" + "0X\3\0\0\0cpuK\4"
    };

    @TempDir
    Path folder;

    private static byte[] zipped(byte[] pickle, byte[] storage) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("x/data.pkl", pickle);
        entries.put("x/byteorder", "little".getBytes());
        entries.put("x/data/0", storage);
        entries.put("x/data/1", new byte[8]);
        return PickleBytes.zip(entries);
    }

    private static byte[] manyTensors() {
        PickleBytes pickle = new PickleBytes()
                .ops("}(")
                .text("epoch")
                .number(3)
                .text("model")
                .ops("}(");
        pickle.text("a").tensor("FloatStorage", "0", 8, 0, new long[] {2, 2}, 1, 2);
        pickle.text("b").tensor("FloatStorage", "0", 8, 4, new long[] {4}, 1);
        pickle.text("c").tensor("HalfStorage", "1", 4, 0, new long[] {}, new long[0]);
        return pickle.ops("uu").stop();
    }

    /** Damage inside the pickle of a zip file, whose directory and sums are then right again. */
    private static byte[] damagedInside(byte[] input, Mutations mutations, SplittableRandom random) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(input))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                boolean pickle = entry.getName().endsWith(".pkl") || Draws.below(random, 8) == 0;
                byte[] bytes = zip.readNBytes(1 << 18);
                entries.put(entry.getName(), pickle ? mutations.of(bytes, random) : bytes);
            }
        } catch (IOException | IllegalArgumentException e) {
            return mutations.of(input, random);
        }
        return entries.isEmpty() ? mutations.of(input, random) : PickleBytes.zip(entries);
    }

    @Test
    void damagedZipFilesAreRefused() throws IOException {
        List<byte[]> pickles = List.of(manyTensors(), PickleBytes.oneTensor(4, 0, new long[] {2, 2}, 2, 1));
        Mutations inside = new Mutations(pickles, words());
        Fuzz.Report report = Fuzz.of("torch-zip")
                .seed(zipped(pickles.get(0), new byte[32]))
                .seed(zipped(pickles.get(1), new byte[16]))
                .seed(Files.readAllBytes(Golden.file("weights", "misc_tensors.pt")))
                .words(WORDS)
                .mutation((input, random) -> damagedInside(input, inside, random))
                .mutation((input, random) -> damagedInside(input, inside, random))
                .mutation((input, random) -> damagedInside(input, inside, random))
                .run(folder, file -> TensorFiles.readAll(TorchPickle.open(file)));
        assertTrue(report.reasons() > 20, report.toString());
    }

    @Test
    void damagedFilesFromBeforeZipAreRefused() {
        Fuzz.Report report = Fuzz.of("torch-legacy")
                .seed(legacy())
                .words(WORDS)
                .run(folder, file -> TensorFiles.readAll(TorchPickle.open(file)));
        assertTrue(report.reasons() > 20, report.toString());
    }

    private static byte[] legacy() {
        byte[] machine = new PickleBytes()
                .ops("}(")
                .text("protocol_version")
                .raw('M', 0xE9, 3)
                .text("little_endian")
                .raw(0x88)
                .ops("u")
                .stop();
        PickleBytes all = new PickleBytes();
        all.raw(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19)
                .raw('.');
        append(all, new PickleBytes().raw('M', 0xE9, 3).stop());
        append(all, machine);
        append(
                all,
                new PickleBytes()
                        .ops("}")
                        .text("w")
                        .global("torch._utils", "_rebuild_tensor_v2")
                        .ops("((")
                        .text("storage")
                        .global("torch", "FloatStorage")
                        .text("7")
                        .text("cpu")
                        .number(4)
                        .ops("NtQ")
                        .number(0)
                        .numbers(2, 2)
                        .numbers(2, 1)
                        .raw(0x89)
                        .global("collections", "OrderedDict")
                        .ops(")RtRs")
                        .stop());
        append(all, new PickleBytes().ops("]").text("7").ops("a").stop());
        all.little(4).little(0);
        append(all, new byte[16]);
        return all.bytes();
    }

    private static void append(PickleBytes to, byte[] bytes) {
        for (byte b : bytes) {
            to.raw(b & 0xFF);
        }
    }

    private static List<byte[]> words() {
        return List.of(WORDS).stream()
                .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }
}
