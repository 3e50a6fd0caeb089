package org.sslam.audio.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.shard.SoundFiles;
import org.sslam.core.random.Draws;
import org.sslam.core.random.Seeds;

/**
 * Every clip once, in an order of each epoch's own that reads a disk in long runs.
 *
 * <pre>
 * clips that lie side by side in one shard make blocks of 64            (the last block of a shard may be shorter)
 * all blocks of all shards are put in a random order                     drawn for the epoch
 * the clips in that order are cut into windows of 1,024 and each window is put in a random order of its own
 * </pre>
 *
 * <p>So the visits {@code 1024 k .. 1024 k + 1023} touch at most 17 runs of the disk, each of up to 64 clips side by side
 * (more only where shards end in short blocks), and two clips of a block are visited less than 2,048 visits apart. The order
 * is a pure function of (seed, epoch) and of the set.
 */
public final class BlockOrder implements EpochOrder {
    /** Clips that are read side by side. */
    public static final int BLOCK = 64;
    /** Clips among which the order is free. */
    public static final int WINDOW = 16 * BLOCK;

    private final int[] blockStarts;
    private final long seed;

    private BlockOrder(int[] blockStarts, long seed) {
        this.blockStarts = blockStarts;
        this.seed = seed;
    }

    /**
     * The order of training clips: by blocks where they lie in shards, else any order at all.
     *
     * @param seed of every epoch's order
     */
    public static EpochOrder shuffled(ClipSource source, long seed) {
        int[] runs = runs(source);
        return runs.length == 0 ? new Shuffled(seed) : new BlockOrder(blocks(runs, source.size()), seed);
    }

    /** Where each run of clips of one shard begins; nothing if they are files of their own. */
    private static int[] runs(ClipSource source) {
        if (!SoundFiles.isInsideShard(source.clip(0).path())) {
            return new int[0];
        }
        List<Integer> starts = new ArrayList<>();
        Path before = null;
        for (int i = 0; i < source.size(); i++) {
            Path shard = source.clip(i).path().getParent();
            if (!shard.equals(before)) {
                starts.add(i);
                before = shard;
            }
        }
        return starts.stream().mapToInt(i -> i).toArray();
    }

    private static int[] blocks(int[] runs, int clips) {
        List<Integer> starts = new ArrayList<>();
        for (int run = 0; run < runs.length; run++) {
            int end = run + 1 < runs.length ? runs[run + 1] : clips;
            for (int start = runs[run]; start < end; start += BLOCK) {
                starts.add(start);
            }
        }
        return starts.stream().mapToInt(i -> i).toArray();
    }

    @Override
    public int[] of(int clips, long epoch) {
        int[] order = new int[clips];
        int filled = 0;
        for (int block : Draws.permutation(Seeds.random(seed, "block order", epoch), blockStarts.length)) {
            int end = block + 1 < blockStarts.length ? blockStarts[block + 1] : clips;
            for (int clip = blockStarts[block]; clip < end; clip++) {
                order[filled++] = clip;
            }
        }
        for (int start = 0; start < clips; start += WINDOW) {
            int[] window = Arrays.copyOfRange(order, start, Math.min(clips, start + WINDOW));
            int[] places = Draws.permutation(Seeds.random(seed, "window order", epoch, start / WINDOW), window.length);
            for (int i = 0; i < window.length; i++) {
                order[start + i] = window[places[i]];
            }
        }
        return order;
    }
}
