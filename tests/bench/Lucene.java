// Lucene's plain BM25 on the cards and queries that tests/bench/search writes: the same words, the
// same machine. Prints median and 99th percentile in milliseconds, by the clock and of processor.
//   java -cp /usr/share/java/lucene-core-8.7.0.jar:/usr/share/java/lucene-analyzers-common-8.7.0.jar \
//       tests/bench/Lucene.java FOLDER
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

class Lucene {
    static final int WARMING = 2; // turns before the one that counts

    static BooleanQuery query(FrenchAnalyzer analyzer, String text) throws Exception {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        try (TokenStream tokens = analyzer.tokenStream("words", text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken())
                any.add(new TermQuery(new Term("words", word.toString())), BooleanClause.Occur.SHOULD);
            tokens.end();
        }
        return any.build();
    }

    static double at(long[] times, int percent) {
        return times[Math.min(times.length - 1, times.length * percent / 100)] / 1e6;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        FrenchAnalyzer analyzer = new FrenchAnalyzer();
        FieldType plain = new FieldType();
        plain.setTokenized(true);
        plain.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        FSDirectory directory = FSDirectory.open(folder.resolve("lucene"));
        IndexWriterConfig how = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(256);
        try (IndexWriter writer = new IndexWriter(directory, how);
             BufferedReader cards = Files.newBufferedReader(folder.resolve("cards.tsv"))) {
            for (String line; (line = cards.readLine()) != null; ) {
                int tab = line.indexOf('\t');
                Document card = new Document();
                card.add(new StoredField("id", line.substring(0, tab)));
                card.add(new Field("words", line.substring(tab + 1), plain));
                writer.addDocument(card);
            }
            writer.forceMerge(1);
        }
        List<String> queries = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("queries.txt")))
            queries.add(line);
        DirectoryReader reader = DirectoryReader.open(directory);
        IndexSearcher searcher = new IndexSearcher(reader);
        var clock = ManagementFactory.getThreadMXBean();
        long[] real = new long[queries.size()], work = new long[queries.size()];
        for (int turn = 0; turn <= WARMING; turn++)
            for (int i = 0; i < queries.size(); i++) {
                long start = System.nanoTime(), used = clock.getCurrentThreadCpuTime();
                for (ScoreDoc hit : searcher.search(query(analyzer, queries.get(i)), 10).scoreDocs)
                    searcher.doc(hit.doc).get("id");
                work[i] = clock.getCurrentThreadCpuTime() - used;
                real[i] = System.nanoTime() - start;
            }
        Arrays.sort(real);
        Arrays.sort(work);
        System.out.printf("%-28s%10.2f%10.2f%10.2f%10.2f%n", "Lucene, best ten ids", at(real, 50), at(real, 99),
                at(work, 50), at(work, 99));
    }
}
