package org.sslam.core.io.torch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sslam.core.UserException;
import org.sslam.core.io.FileCursor;
import org.sslam.core.io.MappedFile;
import org.sslam.core.io.TensorFile;

/**
 * Opens what {@code torch.save} writes: {@code .pt}, {@code .pth} and {@code .bin} files, in the zip container or the
 * one before it.
 *
 * <p>The pickle inside is read as data by an own reader with a short list of names; a file that mentions any other name
 * is refused with that name. Source: PyTorch's serialization notes.
 */
public final class TorchPickle {
    static final int MAX_PICKLE_BYTES = 1 << 26;

    private static final String PICKLE = "/data.pkl";
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

    private TorchPickle() {}

    /** Whether a file that begins so is one for {@link #open}: a zip file or a pickle. */
    public static boolean recognises(byte[] head) {
        return isZip(head) || LegacyFile.isPickle(head);
    }

    /**
     * Opens a file and reads its pickle; tensors are mapped when asked for.
     *
     * @throws UserException if the file cannot be read, is damaged, or asks for what a file of weights does not need
     */
    public static TensorFile open(Path path) {
        MappedFile file = MappedFile.open(path);
        TensorFile opened = null;
        try {
            opened = open(file, new Damage(path));
            return opened;
        } finally {
            if (opened == null) {
                file.close();
            }
        }
    }

    private static TensorFile open(MappedFile file, Damage damage) {
        byte[] head = new byte[(int) Math.min(file.size(), LegacyFile.MAGIC_BYTES)];
        file.view(0, head.length).get(head);
        if (isZip(head)) {
            return zip(file, damage);
        }
        if (LegacyFile.isPickle(head)) {
            return LegacyFile.open(file, damage);
        }
        throw damage.because("it is neither a zip file nor a pickle");
    }

    private static boolean isZip(byte[] head) {
        return startsWith(head, ZIP) || startsWith(head, EMPTY_ZIP);
    }

    private static boolean startsWith(byte[] head, byte[] prefix) {
        return head.length >= prefix.length
                && ByteBuffer.wrap(head, 0, prefix.length).equals(ByteBuffer.wrap(prefix));
    }

    private static TensorFile zip(MappedFile file, Damage damage) {
        Map<String, ZipIndex.Region> entries = ZipIndex.read(file, damage, names -> root(names, damage));
        String root = root(entries.keySet(), damage);
        ZipIndex.Region pickle = entries.get(root + PICKLE);
        if (pickle.bytes() > MAX_PICKLE_BYTES) {
            throw damage.because("its pickle has " + pickle.bytes() + " bytes, more than " + MAX_PICKLE_BYTES
                    + " that weights need");
        }
        checkByteOrder(file, entries.get(root + "/byteorder"), damage);
        FileCursor in = new FileCursor(file, pickle.begin(), pickle.end(), damage::because);
        Collected content = Collected.of(PickleMachine.read(in, damage, new HashMap<>()), damage);
        Map<String, ZipIndex.Region> storages = new HashMap<>();
        for (TensorView tensor : content.tensors().values()) {
            PickleValue.Storage storage = tensor.storage();
            ZipIndex.Region region = entries.get(root + "/data/" + storage.key());
            if (region == null) {
                throw damage.because("storage '" + storage.key() + "' is missing");
            }
            if (region.bytes() < storage.bytes()) {
                throw damage.because(
                        "storage '" + storage.key() + "' has " + region.bytes() + " bytes, not " + storage.bytes());
            }
            storages.put(storage.key(), region);
        }
        return new TorchFile(file, "PyTorch (zip)", content, storages);
    }

    /** The name of the folder inside the zip file that everything is in. */
    private static String root(Set<String> entries, Damage damage) {
        List<String> roots = entries.stream()
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .toList();
        if (roots.isEmpty()) {
            throw damage.unsupported(
                    entries.stream().anyMatch(name -> name.endsWith(".npy"))
                            ? "is an archive of NumPy arrays"
                            : "is a zip file without PyTorch tensors (no data.pkl)");
        }
        if (roots.size() > 1) {
            throw damage.because("it has " + roots.size() + " pickles");
        }
        String root = roots.get(0);
        boolean script = entries.stream()
                .anyMatch(name -> name.startsWith(root + "/code/") || name.equals(root + "/constants.pkl"));
        if (script) {
            throw damage.unsupported("is a TorchScript module, which holds a program and not only weights");
        }
        return root;
    }

    private static void checkByteOrder(MappedFile file, ZipIndex.Region region, Damage damage) {
        if (region == null) {
            return;
        }
        byte[] text = new byte[(int) Math.min(region.bytes(), 16)];
        file.view(region.begin(), text.length).get(text);
        String order = new String(text, StandardCharsets.US_ASCII).strip();
        if (!order.equals("little")) {
            throw damage.unsupported("has the byte order '" + order + "', not little-endian");
        }
    }
}
