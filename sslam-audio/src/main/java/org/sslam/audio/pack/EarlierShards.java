package org.sslam.audio.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.shard.BrokenClip;
import org.sslam.audio.shard.ShardClip;
import org.sslam.audio.shard.ShardIndex;
import org.sslam.audio.shard.SoundFiles;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;

/**
 * The shards that earlier starts of a packing finished, up to the first that is to be made again: since it is not whole, or
 * since the file of a clip that was broken then has been changed. What comes after that one is made again too.
 */
final class EarlierShards {
    private final Path output;
    private final ClipSource source;
    private final int[] order;

    /** @param order places of the source in the order of packing */
    EarlierShards(Path output, ClipSource source, int[] order) {
        this.output = output;
        this.source = source;
        this.order = order;
    }

    static Path tar(Path output, int number) {
        return output.resolve(String.format(Locale.ROOT, "shard-%06d.tar", number));
    }

    /**
     * The shards that stay.
     *
     * @throws UserException if a clip in one of them has been made of another file than the source names now
     */
    List<ShardIndex> whole() {
        List<ShardIndex> whole = new ArrayList<>();
        int place = 0;
        while (true) {
            Path tar = tar(output, whole.size());
            try {
                if (!Files.isRegularFile(tar) || !Files.isRegularFile(ShardIndex.beside(tar))) {
                    return whole;
                }
                ShardIndex index = ShardIndex.read(ShardIndex.beside(tar));
                if (index.firstPlace() != place
                        || index.endPlace() > order.length
                        || Files.size(tar) != index.bytes()
                        || !brokenOnesAreStill(index)) {
                    return whole;
                }
                place = index.endPlace();
                whole.add(index);
            } catch (IOException e) {
                throw IoErrors.cannotRead(tar, e);
            }
        }
    }

    private boolean brokenOnesAreStill(ShardIndex index) {
        Iterator<ShardClip> packed = index.clips().iterator();
        Iterator<BrokenClip> broken = index.broken().iterator();
        ShardClip next = packed.hasNext() ? packed.next() : null;
        boolean still = true;
        for (int place = index.firstPlace(); place < index.endPlace(); place++) {
            Clip clip = source.clip(order[place]);
            if (next != null && next.key().equals(ShardClip.keyOf(place))) {
                requireSame(next, clip);
                next = packed.hasNext() ? packed.next() : null;
            } else {
                still &= broken.hasNext() && isStill(broken.next(), clip);
            }
        }
        return still && next == null;
    }

    private static boolean isStill(BrokenClip broken, Clip clip) {
        return broken.id().equals(clip.id()) && broken.isStill(clip.path());
    }

    private void requireSame(ShardClip packed, Clip clip) {
        String then = packed.id() + bytes(packed.sourceBytes());
        String now = clip.id() + (packed.sourceBytes() == null ? "" : bytes(size(clip)));
        if (!then.equals(now)) {
            throw new UserException(output + " was packed from other sounds: clip " + then + ", now " + now
                    + "; choose another folder, or remove that one");
        }
        boolean sameFold =
                clip.fold().equals(packed.fold() == null ? OptionalInt.empty() : OptionalInt.of(packed.fold()));
        if (!new TreeSet<>(packed.labels()).equals(new TreeSet<>(clip.labels())) || !sameFold) {
            throw new UserException(output + " was packed with other labels or folds: clip " + clip.id()
                    + " differs; choose another folder, or remove that one");
        }
    }

    private static String bytes(Long bytes) {
        return bytes == null ? "" : " (" + bytes + " bytes)";
    }

    /** None for a file that is gone. */
    private static Long size(Clip clip) {
        try {
            return SoundFiles.exists(clip.path()) ? SoundFiles.size(clip.path()) : null;
        } catch (IOException e) {
            throw IoErrors.cannotRead(clip.path(), e);
        }
    }
}
