package org.sslam.audio.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Finds and reads members of shards by paths of the form {@code SHARD.tar/MEMBER}. */
final class ShardMembers {
    private ShardMembers() {}

    /** A member that the index knows: its shard and where it lies there. */
    record Member(Path shard, Span span) {
        /**
         * Its bytes.
         *
         * @throws IOException if they are not those that were packed
         */
        byte[] read() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(span.bytes());
            try (FileChannel channel = FileChannel.open(shard)) {
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, span.offset() + buffer.position()) < 0) {
                        throw new DamagedMemberException("the shard ends before it: it is cut short");
                    }
                }
            }
            String sum = crc32c(buffer.array());
            if (!sum.equals(span.crc32c())) {
                throw new DamagedMemberException("its bytes are not those that were packed (CRC32C " + sum + ", not "
                        + span.crc32c() + "): the shard is damaged");
            }
            return buffer.array();
        }
    }

    /** Whether a path is one inside a shard; looks at the disk only where the folder's name ends in .tar. */
    static boolean isInside(Path path) {
        Path parent = path.getParent();
        return parent != null
                && parent.getFileName() != null
                && parent.getFileName().toString().endsWith(ShardIndex.TAR)
                && Files.isRegularFile(parent);
    }

    /**
     * The member at a path inside a shard.
     *
     * @throws NoSuchFileException if there is none
     */
    static Member at(Path path) throws IOException {
        Path shard = path.getParent();
        String name = path.getFileName().toString();
        int dot = name.indexOf('.');
        ShardIndex index = OpenShards.index(shard);
        String key = dot < 0 ? name : name.substring(0, dot);
        return index.find(key)
                .flatMap(clip -> span(index, clip, name))
                .map(span -> new Member(shard, span))
                .orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    private static Optional<Span> span(ShardIndex index, ShardClip clip, String name) {
        if (name.equals(clip.soundName(index.codec()))) {
            return Optional.of(clip.sound());
        }
        if (name.equals(ShardClip.jsonName(clip.key()))) {
            return Optional.of(clip.json());
        }
        return name.equals(ShardClip.melName(clip.key())) ? Optional.ofNullable(clip.mel()) : Optional.empty();
    }

    static String crc32c(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
