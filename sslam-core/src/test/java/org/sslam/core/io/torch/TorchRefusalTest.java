package org.sslam.core.io.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.core.UserException;

/** Files that are damaged, hostile or of no use: each ends in one line that says why. */
class TorchRefusalTest {
    private static final byte[] FOUR_FLOATS = new byte[16];

    @TempDir
    Path folder;

    private String refusal(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("x.pt"), content);
        String message = assertThrows(
                        UserException.class, () -> TorchPickle.open(file).close())
                .getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        assertEquals(1, message.lines().count(), message);
        return message.substring(file.toString().length() + 1);
    }

    private String pickleRefusal(byte[] pickle) throws IOException {
        return refusal(PickleBytes.zip(Map.of("x/data.pkl", pickle, "x/data/0", FOUR_FLOATS)));
    }

    private void assertDamaged(String reason, String refusal) {
        assertTrue(refusal.startsWith("is not a readable PyTorch file: "), refusal);
        assertTrue(refusal.contains(reason), refusal);
        assertTrue(refusal.endsWith("; get or save it again"), refusal);
    }

    @ParameterizedTest
    @CsvSource({
        "posix, system",
        "os, system",
        "nt, system",
        "builtins, eval",
        "builtins, exec",
        "__builtin__, getattr",
        "subprocess, Popen",
        "torch.nn.modules.linear, Linear",
        "timm.models.vision_transformer, VisionTransformer",
        "torch.jit._pickle, build_intlist",
        "torch._utils, _rebuild_qtensor"
    })
    void namesOutsideTheListAreRefusedByName(String module, String name) throws IOException {
        byte[] pickle = new PickleBytes()
                .global(module, name)
                .ops("(")
                .text("touch /tmp/owned")
                .ops("tR")
                .stop();
        String refusal = pickleRefusal(pickle);
        assertTrue(refusal.startsWith("asks for the Python name '" + module + "." + name + "'"), refusal);
        assertTrue(refusal.contains("nothing was run") && refusal.contains("state_dict()"), refusal);
    }

    @Test
    void aForeignClassIsRefusedBeforeItIsBuilt() throws IOException {
        byte[] pickle = new PickleBytes()
                .global("collections", "deque")
                .ops(")")
                .raw(0x81)
                .ops("}b")
                .stop();
        assertTrue(pickleRefusal(pickle).contains("'collections.deque'"));
        byte[] byName = new PickleBytes().text("os").text("system").raw(0x93).stop();
        assertTrue(pickleRefusal(byName).contains("'os.system'"));
    }

    @Test
    void knownNamesDoOnlyWhatTheyAreFor() throws IOException {
        assertDamaged(
                "something other than a known name is called",
                pickleRefusal(new PickleBytes().text("system").ops(")R").stop()));
        assertDamaged(
                "'torch.FloatStorage' is called",
                pickleRefusal(new PickleBytes()
                        .global("torch", "FloatStorage")
                        .ops(")R")
                        .stop()));
        assertDamaged(
                "attributes are set on something that has none",
                pickleRefusal(new PickleBytes().ops("]}b").stop()));
        assertDamaged(
                "an object is made of something that is no class",
                pickleRefusal(new PickleBytes()
                        .global("torch._utils", "_rebuild_tensor_v2")
                        .ops(")")
                        .raw(0x81)
                        .stop()));
        assertDamaged(
                "a persistent id does not name a storage",
                pickleRefusal(new PickleBytes().text("x").ops("Q").stop()));
        assertDamaged(
                "an OrderedDict is made of something other than pairs",
                pickleRefusal(new PickleBytes()
                        .global("collections", "OrderedDict")
                        .ops("(")
                        .text("x")
                        .ops("tR")
                        .stop()));
        for (int opcode : new int[] {'i', 'o', 0x82, 0x92, 'P', 'I', 0x97}) {
            assertDamaged(
                    "the pickle opcode 0x" + Integer.toHexString(opcode),
                    pickleRefusal(new PickleBytes().raw(opcode).stop()));
        }
    }

    @Test
    void picklesThatTakeMoreThanThereIs() throws IOException {
        assertDamaged(
                "takes more than it put down",
                pickleRefusal(new PickleBytes().ops("R").stop()));
        assertDamaged(
                "takes more than it put down",
                pickleRefusal(new PickleBytes().ops("t").stop()));
        assertDamaged("takes more than it put down", pickleRefusal(new PickleBytes().stop()));
        assertDamaged(
                "takes more than it put down",
                pickleRefusal(new PickleBytes().ops("N(s").stop()));
        assertDamaged(
                "recalls object 7", pickleRefusal(new PickleBytes().raw('h', 7).stop()));
        assertDamaged(
                "pickle protocol 200",
                pickleRefusal(new PickleBytes().raw(0x80, 200).stop()));
        assertDamaged(
                "it claims 1 bytes", pickleRefusal(new PickleBytes().ops("N").bytes()));
        assertDamaged(
                "has no end within 512 bytes",
                pickleRefusal(new PickleBytes().ops("c" + "a".repeat(600)).stop()));
        assertDamaged(
                "a key without a value",
                pickleRefusal(new PickleBytes().ops("}(Nu").stop()));
        assertDamaged(
                "put into what is no map",
                pickleRefusal(new PickleBytes().ops("]NNs").stop()));
        assertDamaged(
                "appended to what is no list",
                pickleRefusal(new PickleBytes().ops("}Na").stop()));
    }

    @Test
    void hugeTextsAreNotReadAtAll() throws IOException {
        assertDamaged(
                "it has a text of 4294967295 bytes",
                pickleRefusal(new PickleBytes().raw('X').little(-1).stop()));
        assertDamaged(
                "it claims 1000 bytes",
                pickleRefusal(new PickleBytes().raw('X').little(1000).stop()));
        assertDamaged(
                "it claims 4294967295 bytes",
                pickleRefusal(new PickleBytes().raw('B').little(-1).stop()));
    }

    @Test
    void scriptsOfTorchJitAreRefusedWithAdviceThoughTheirCodeIsCompressed() throws IOException {
        try (InputStream in = TorchRefusalTest.class.getResourceAsStream("scripted.pt")) {
            String refusal = refusal(in.readAllBytes());
            assertTrue(refusal.startsWith("is a TorchScript module, which holds a program"), refusal);
            assertTrue(refusal.contains("torch.save(model.state_dict(), FILE)"), refusal);
        }
    }

    @Test
    void whatIsCopiedFromARecalledListIsCounted() throws IOException {
        int pairs = 2000;
        PickleBytes pickle = new PickleBytes()
                .ops("}")
                .text("a")
                .ops("N")
                .raw(0x86)
                .ops("q")
                .raw(0)
                .ops("](");
        for (int i = 0; i < pairs; i++) {
            pickle.raw('h', 0);
        }
        pickle.ops("e")
                .raw(0x85)
                .ops("q")
                .raw(1)
                .global("collections", "OrderedDict")
                .ops("q")
                .raw(2)
                .ops("]");
        for (int i = 0; i < PickleStack.MAX_OBJECTS / pairs; i++) {
            pickle.raw('h', 2, 'h', 1).ops("Ra");
        }
        assertDamaged("more than " + PickleStack.MAX_OBJECTS + " objects", pickleRefusal(pickle.stop()));
    }

    @Test
    void objectsAndTheMemoAreCounted() throws IOException {
        byte[] nones = new byte[PickleStack.MAX_OBJECTS + 1];
        Arrays.fill(nones, (byte) 'N');
        assertDamaged(
                "more than " + PickleStack.MAX_OBJECTS + " objects",
                pickleRefusal(new PickleBytes()
                        .ops(new String(nones, StandardCharsets.US_ASCII))
                        .stop()));
        PickleBytes memo = new PickleBytes().ops("N");
        for (int i = 0; i <= PickleMachine.MAX_MEMO; i++) {
            memo.raw('r').little(i);
        }
        assertDamaged("remembers more than " + PickleMachine.MAX_MEMO, pickleRefusal(memo.stop()));
    }

    @Test
    void mapsThatHoldThemselvesOrMultiply() throws IOException {
        byte[] self = new PickleBytes()
                .ops("}")
                .raw('q', 0)
                .text("me")
                .raw('h', 0)
                .ops("s")
                .stop();
        assertDamaged("nested deeper than 64 levels", pickleRefusal(self));
        PickleBytes laughs = new PickleBytes().ops("]").raw('q', 0);
        for (int level = 1; level <= 30; level++) {
            laughs.ops("](").raw('h', level - 1).raw('h', level - 1).ops("e").raw('q', level);
        }
        assertDamaged("entries when followed", pickleRefusal(laughs.stop()));
        PickleBytes deep = new PickleBytes();
        for (int level = 0; level < 100_000; level++) {
            deep.ops("]");
        }
        for (int level = 1; level < 100_000; level++) {
            deep.ops("a");
        }
        assertDamaged("nested deeper than 64 levels", pickleRefusal(deep.stop()));
    }

    @Test
    void tensorsOutsideTheirStorage() throws IOException {
        long huge = Long.MAX_VALUE;
        assertDamaged("elements up to byte 20", pickleRefusal(PickleBytes.oneTensor(4, 1, new long[] {4}, 1)));
        assertDamaged("a size of -1", pickleRefusal(PickleBytes.oneTensor(4, 0, new long[] {-1}, 1)));
        assertDamaged("with the stride -1", pickleRefusal(PickleBytes.oneTensor(4, 3, new long[] {4}, -1)));
        assertDamaged("the negative offset -1", pickleRefusal(PickleBytes.oneTensor(4, -1, new long[] {1}, 1)));
        assertDamaged("sizes that overflow", pickleRefusal(PickleBytes.oneTensor(4, 0, new long[] {huge, 4}, 1, 1)));
        assertDamaged("sizes that overflow", pickleRefusal(PickleBytes.oneTensor(4, huge, new long[] {1}, 1)));
        assertDamaged("2 sizes with 1 strides", pickleRefusal(PickleBytes.oneTensor(4, 0, new long[] {1, 1}, 1)));
        assertDamaged("repeated", pickleRefusal(PickleBytes.oneTensor(4, 0, new long[] {1 << 28}, 0)));
        assertDamaged("has -4 elements", pickleRefusal(PickleBytes.oneTensor(-4, 0, new long[] {1}, 1)));
        assertDamaged(
                "storage '0' has 16 bytes, not 20", pickleRefusal(PickleBytes.oneTensor(5, 0, new long[] {5}, 1)));
        assertDamaged(
                "has 4611686018427387904 elements",
                pickleRefusal(PickleBytes.oneTensor(1L << 62, 0, new long[] {1}, 1)));
    }

    @Test
    void storagesThatAreMissingOrOfTwoSizes() throws IOException {
        byte[] other = new PickleBytes()
                .ops("}")
                .text("w")
                .tensor("FloatStorage", "1", 1, 0, new long[] {1}, 1)
                .ops("s")
                .stop();
        assertDamaged("storage '1' is missing", pickleRefusal(other));
        byte[] climbing = new PickleBytes()
                .ops("}")
                .text("w")
                .tensor("FloatStorage", "../../data.pkl", 1, 0, new long[] {1}, 1)
                .ops("s")
                .stop();
        assertDamaged("storage '../../data.pkl' is missing", pickleRefusal(climbing));
        byte[] two = new PickleBytes()
                .ops("}")
                .text("v")
                .tensor("FloatStorage", "0", 4, 0, new long[] {1}, 1)
                .ops("s")
                .text("w")
                .tensor("FloatStorage", "0", 3, 0, new long[] {1}, 1)
                .ops("s")
                .stop();
        assertDamaged("storage '0' has two sizes", pickleRefusal(two));
        byte[] twice = new PickleBytes()
                .ops("}")
                .text("w")
                .tensor("FloatStorage", "0", 4, 0, new long[] {1}, 1)
                .ops("s")
                .text("w")
                .tensor("FloatStorage", "0", 4, 0, new long[] {1}, 1)
                .ops("s")
                .stop();
        assertDamaged("two tensors are called 'w'", pickleRefusal(twice));
    }

    @Test
    void zipFilesThatTorchDoesNotWrite() throws IOException {
        byte[] pickle = PickleBytes.oneTensor(4, 0, new long[] {4}, 1);
        Map<String, byte[]> good = Map.of("x/data.pkl", pickle, "x/data/0", FOUR_FLOATS);
        assertDamaged("is compressed or encrypted", refusal(PickleBytes.zip(ZipEntry.DEFLATED, good)));
        Map<String, byte[]> bomb = Map.of("x/data.pkl", pickle, "x/data/0", new byte[1 << 24]);
        assertDamaged("is compressed or encrypted", refusal(PickleBytes.zip(ZipEntry.DEFLATED, bomb)));
        for (String name : new String[] {"../../etc/passwd", "/etc/passwd", "x/../../y", "C:/x", "x\\..\\y"}) {
            Map<String, byte[]> slip = new LinkedHashMap<>(good);
            slip.put(name, new byte[1]);
            assertDamaged("which points outside the file", refusal(PickleBytes.zip(slip)));
        }
        Map<String, byte[]> pickles = new LinkedHashMap<>(good);
        pickles.put("y/data.pkl", pickle);
        assertDamaged("it has 2 pickles", refusal(PickleBytes.zip(pickles)));
        byte[] zip = PickleBytes.zip(good);
        assertDamaged("has no zip directory", refusal(Arrays.copyOf(zip, zip.length - 30)));
        assertDamaged("has no zip directory", refusal(Arrays.copyOf(zip, 40)));
    }

    @Test
    void zipDirectoriesThatLie() throws IOException {
        Map<String, byte[]> good = new LinkedHashMap<>();
        good.put("x/data.pkl", PickleBytes.oneTensor(4, 0, new long[] {4}, 1));
        good.put("x/data/0", FOUR_FLOATS);
        byte[] zip = PickleBytes.zip(good);
        int directory = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 6);
        int second = directory + 46 + "x/data.pkl".length();
        assertDamaged("lies outside the file", refusal(patched(zip, second + 20, 1 << 20, second + 24, 1 << 20)));
        assertDamaged("lies outside the file", refusal(patched(zip, second + 42, 1 << 20)));
        assertDamaged("overlaps the one before it", refusal(patched(zip, second + 42, 0)));
        assertDamaged("is not where the directory says", refusal(patched(zip, second + 42, 5)));
        assertDamaged("lies outside the file", refusal(patched(zip, zip.length - 6, 1 << 30)));
        assertDamaged("its zip directory is damaged", refusal(patched(zip, zip.length - 6, directory - 4)));
        assertDamaged("is compressed or encrypted", refusal(patched(zip, second + 20, -1, second + 24, 16)));
    }

    private static byte[] patched(byte[] zip, int... placesAndValues) {
        byte[] copy = zip.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < placesAndValues.length; i += 2) {
            buffer.putInt(placesAndValues[i], placesAndValues[i + 1]);
        }
        return copy;
    }

    @Test
    void wellFormedFilesOfNoUse() throws IOException {
        byte[] pickle = new PickleBytes().ops("}").stop();
        String script = refusal(PickleBytes.zip(
                Map.of("m/data.pkl", pickle, "m/constants.pkl", pickle, "m/code/__torch__.py", new byte[] {'#'})));
        assertTrue(script.startsWith("is a TorchScript module, which holds a program"), script);
        assertTrue(refusal(PickleBytes.zip(Map.of("a.npy", new byte[3]))).startsWith("is an archive of NumPy arrays"));
        assertTrue(refusal(PickleBytes.zip(Map.of("a.txt", new byte[3]))).startsWith("is a zip file without PyTorch"));
        assertTrue(refusal(PickleBytes.zip(Map.of())).startsWith("is a zip file without PyTorch tensors"));
        assertTrue(
                refusal(new PickleBytes().ops("}").stop()).startsWith("is a plain pickle, not a file of torch.save"));
        String big = refusal(PickleBytes.zip(
                Map.of("x/data.pkl", pickle, "x/byteorder", "big".getBytes(StandardCharsets.US_ASCII))));
        assertTrue(big.startsWith("has the byte order 'big'"), big);
        assertDamaged("neither a zip file nor a pickle", refusal(new byte[] {1, 2, 3}));
        assertDamaged("neither a zip file nor a pickle", refusal(new byte[0]));
    }

    @Test
    void theOldContainerIsCheckedAsWell() throws IOException {
        assertDamaged(
                "its protocol version is not 1001",
                refusal(legacy(new PickleBytes().number(1000).stop())));
        byte[] version = new PickleBytes().number(1001).stop();
        byte[] big = new PickleBytes()
                .ops("}")
                .text("little_endian")
                .raw(0x89)
                .ops("s")
                .stop();
        assertTrue(refusal(legacy(version, big)).startsWith("was written by a big-endian machine"));
        byte[] machine = new PickleBytes().ops("}").stop();
        byte[] tensor = PickleBytes.oneTensor(4, 0, new long[] {4}, 1);
        byte[] none = new PickleBytes().ops("]").stop();
        assertDamaged("a storage is missing", refusal(legacy(version, machine, tensor, none)));
        byte[] unknown = new PickleBytes().ops("]").text("7").ops("a").stop();
        assertDamaged("lists a storage that nothing mentions", refusal(legacy(version, machine, tensor, unknown)));
        byte[] keys = new PickleBytes().ops("]").text("0").ops("a").stop();
        byte[] length =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(4).array();
        assertDamaged("it claims 16 bytes", refusal(legacy(version, machine, tensor, keys, length, new byte[15])));
        byte[] wrong =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(5).array();
        assertDamaged("has 5 elements, not 4", refusal(legacy(version, machine, tensor, keys, wrong, new byte[20])));
        String foreign = refusal(legacy(
                version, machine, new PickleBytes().global("os", "system").stop()));
        assertTrue(foreign.startsWith("asks for the Python name 'os.system'"), foreign);
    }

    private static byte[] legacy(byte[]... parts) {
        PickleBytes file = new PickleBytes()
                .raw(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19)
                .raw('.');
        for (byte[] part : parts) {
            for (byte b : part) {
                file.raw(b);
            }
        }
        return file.bytes();
    }
}
