package org.sslam.core.io.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.sslam.core.io.FileCursor;
import org.sslam.core.io.MappedFile;

/**
 * Where each entry of a zip file lies. Only entries that are stored as they are, as {@code torch.save} writes them: a
 * compressed, encrypted, overlapping or oddly named entry is refused. Source: PKWARE's APPNOTE.
 */
final class ZipIndex {
    static final int MAX_ENTRIES = 100_000;

    private static final int MAX_DIRECTORY_BYTES = 1 << 26;
    private static final int MAX_NAME_BYTES = 1 << 10;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT_BYTES = 0xFFFF;
    private static final int END = 0x06054b50;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ZIP64_END = 0x06064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int LOCAL_BYTES = 30;
    private static final int ENCRYPTED = 1;
    private static final int ZIP64_FIELD = 1;
    private static final long SEE_ZIP64 = 0xFFFFFFFFL;
    private static final Pattern HARMLESS_NAME = Pattern.compile("(?!/)(?!.*(^|/)\\.\\.(/|$))[^\\\\:\\x00-\\x1F]+");

    private final MappedFile file;
    private final Damage damage;

    private ZipIndex(MappedFile file, Damage damage) {
        this.file = file;
        this.damage = damage;
    }

    /** Bytes of an entry: from the first to the one after the last. */
    record Region(long begin, long end) {
        long bytes() {
            return end - begin;
        }
    }

    private record Directory(long begin, long bytes, long entries) {}

    private record Central(String name, boolean stored, long size, long localHeader) {}

    /**
     * The entries by name, in the order of the directory.
     *
     * @param names sees all names before anything else is checked, and may refuse them
     */
    static Map<String, Region> read(MappedFile file, Damage damage, Consumer<Set<String>> names) {
        ZipIndex index = new ZipIndex(file, damage);
        Directory directory = index.directory();
        Map<String, Central> entries = index.entries(directory);
        names.accept(Collections.unmodifiableSet(entries.keySet()));
        Map<String, Region> regions = new LinkedHashMap<>();
        entries.values().forEach(entry -> regions.put(entry.name(), index.region(entry, directory.begin())));
        index.checkApart(regions);
        return regions;
    }

    private Map<String, Central> entries(Directory directory) {
        if (directory.entries() > MAX_ENTRIES || directory.bytes() > MAX_DIRECTORY_BYTES) {
            throw damage.because("its zip directory has " + directory.entries() + " entries in " + directory.bytes()
                    + " bytes, more than weights need");
        }
        FileCursor in = new FileCursor(file, directory.begin(), directory.begin() + directory.bytes(), damage::because);
        Map<String, Central> all = new LinkedHashMap<>();
        for (long i = 0; i < directory.entries(); i++) {
            Central entry = central(in);
            if (all.put(entry.name(), entry) != null) {
                throw damage.because("two zip entries are called '" + entry.name() + "'");
            }
        }
        return all;
    }

    private Directory directory() {
        long tailBegin = Math.max(0, file.size() - END_BYTES - MAX_COMMENT_BYTES);
        ByteBuffer tail = file.view(tailBegin, file.size() - tailBegin).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            boolean found = tail.getInt(at) == END && at + END_BYTES + tail.getShort(at + 20) == tail.limit();
            if (found) {
                return directory(tail, at, tailBegin + at);
            }
        }
        throw damage.because("it begins as a zip file and has no zip directory; it may be cut short");
    }

    private Directory directory(ByteBuffer tail, int at, long end) {
        long entries = Short.toUnsignedLong(tail.getShort(at + 10));
        long bytes = Integer.toUnsignedLong(tail.getInt(at + 12));
        long begin = Integer.toUnsignedLong(tail.getInt(at + 16));
        long locator = end - LOCATOR_BYTES;
        if (locator >= 0) {
            ByteBuffer found = file.view(locator, LOCATOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            if (found.getInt(0) == ZIP64_LOCATOR) {
                return zip64Directory(found.getLong(8), locator);
            }
        }
        return checked(begin, bytes, entries, end);
    }

    private Directory zip64Directory(long at, long locator) {
        if (at < 0 || at > locator - 56) {
            throw damage.because("its zip directory lies outside the file");
        }
        ByteBuffer end = file.view(at, 56).order(ByteOrder.LITTLE_ENDIAN);
        if (end.getInt(0) != ZIP64_END) {
            throw damage.because("its zip directory is not where it should be");
        }
        return checked(end.getLong(48), end.getLong(40), end.getLong(32), at);
    }

    private Directory checked(long begin, long bytes, long entries, long end) {
        if (begin < 0 || bytes < 0 || entries < 0 || begin > end || bytes > end - begin) {
            throw damage.because("its zip directory lies outside the file");
        }
        return new Directory(begin, bytes, entries);
    }

    private Central central(FileCursor in) {
        if (in.littleEndian(4) != CENTRAL) {
            throw damage.because("its zip directory is damaged");
        }
        in.skip(4);
        long flags = in.littleEndian(2);
        long method = in.littleEndian(2);
        in.skip(8);
        long stored = in.littleEndian(4);
        long size = in.littleEndian(4);
        int nameBytes = (int) in.littleEndian(2);
        int extraBytes = (int) in.littleEndian(2);
        int commentBytes = (int) in.littleEndian(2);
        in.skip(8);
        long local = in.littleEndian(4);
        String name = name(in, nameBytes);
        long extraEnd = in.position() + extraBytes;
        while (extraEnd - in.position() >= 4) {
            long field = in.littleEndian(2);
            long next = in.littleEndian(2);
            long fieldEnd = in.position() + next;
            if (field == ZIP64_FIELD) {
                size = size == SEE_ZIP64 ? in.littleEndian(8) : size;
                stored = stored == SEE_ZIP64 ? in.littleEndian(8) : stored;
                local = local == SEE_ZIP64 ? in.littleEndian(8) : local;
            }
            in.skip(fieldEnd - in.position());
        }
        in.skip(extraEnd - in.position() + commentBytes);
        return new Central(name, (flags & ENCRYPTED) == 0 && method == 0 && stored == size, size, local);
    }

    private String name(FileCursor in, int bytes) {
        if (bytes > MAX_NAME_BYTES) {
            throw damage.because("a zip entry has a name of " + bytes + " bytes");
        }
        String name = new String(in.bytes(bytes), StandardCharsets.UTF_8);
        if (!HARMLESS_NAME.matcher(name).matches()) {
            throw damage.because("a zip entry has the name '" + name.replaceAll("[^\\x20-\\x7E]", "?")
                    + "', which points outside the file");
        }
        return name;
    }

    private Region region(Central entry, long directoryBegin) {
        if (!entry.stored()) {
            throw damage.because(
                    "zip entry '" + entry.name() + "' is compressed or encrypted, and torch.save does neither");
        }
        if (entry.localHeader() < 0 || entry.localHeader() > directoryBegin - LOCAL_BYTES) {
            throw outside(entry.name());
        }
        ByteBuffer header = file.view(entry.localHeader(), LOCAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != LOCAL) {
            throw damage.because("zip entry '" + entry.name() + "' is not where the directory says");
        }
        long begin = entry.localHeader()
                + LOCAL_BYTES
                + Short.toUnsignedLong(header.getShort(26))
                + Short.toUnsignedLong(header.getShort(28));
        if (entry.size() < 0 || begin > directoryBegin || entry.size() > directoryBegin - begin) {
            throw outside(entry.name());
        }
        return new Region(begin, begin + entry.size());
    }

    private void checkApart(Map<String, Region> regions) {
        List<Map.Entry<String, Region>> sorted = new ArrayList<>(regions.entrySet());
        sorted.sort(Comparator.comparingLong(e -> e.getValue().begin()));
        long end = 0;
        for (Map.Entry<String, Region> entry : sorted) {
            if (entry.getValue().begin() < end) {
                throw damage.because("zip entry '" + entry.getKey() + "' overlaps the one before it");
            }
            end = entry.getValue().end();
        }
    }

    private RuntimeException outside(String name) {
        return damage.because("zip entry '" + name + "' lies outside the file; it may be cut short");
    }
}
