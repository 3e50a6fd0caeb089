package org.sslam.core.engine;

import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.TorchBridge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module written in memory and loaded into libtorch: operators without C++ and without Python.
 *
 * <p>Its source is in the dialect of saved archives: every operator by its full name, every type spelled out.
 */
public final class ScriptModule {
    private final long handle;

    private ScriptModule(long handle) {
        this.handle = handle;
    }

    /**
     * Loads a module, which then stays with the process.
     *
     * @param source class {@code Ops} with its methods
     */
    public static ScriptModule load(String source) throws IOException {
        return new ScriptModule(TorchBridge.load(new ByteArrayInputStream(archive(source))));
    }

    /**
     * Calls a method under the thread's grad mode and closes the arguments.
     *
     * @return what it gives; the caller closes it
     */
    public IValue run(String method, IValue... arguments) {
        return TorchBridge.run(handle, method, arguments);
    }

    private static byte[] archive(String source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "ops/data.pkl", moduleWithoutTensors());
            store(zip, "ops/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "ops/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            store(zip, "ops/version", "10\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** The pickle (protocol 2) of an object of class {@code __torch__.Ops} whose only attribute is training = True. */
    private static byte[] moduleWithoutTensors() throws IOException {
        ByteArrayOutputStream p = new ByteArrayOutputStream();
        p.write(new byte[] {(byte) 0x80, 2});
        p.write("c__torch__\nOps\n".getBytes(StandardCharsets.UTF_8));
        p.write(new byte[] {')', (byte) 0x81, '}', '('});
        byte[] key = "training".getBytes(StandardCharsets.UTF_8);
        p.write(new byte[] {'X', (byte) key.length, 0, 0, 0});
        p.write(key);
        p.write(new byte[] {(byte) 0x88, 'u', 'b', '.'});
        return p.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
