package dev.palimpsest.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Finds texts by the words of a question: Okapi BM25 with k1 = 1.2 and b = 0.75 (S. Robertson, H.
 * Zaragoza, Foundations and Trends in Information Retrieval 3 (2009) 333–389), by Lucene, over an
 * index in memory. English words are stemmed and stop words left out; words of other languages are
 * only lower-cased.
 */
public final class PassageIndex implements AutoCloseable {
  private static final String TEXT = "text";
  private static final String PLACE = "place";
  private static final int MOST_WORDS = 256;

  private final Analyzer analyzer;
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  /**
   * Indexes texts.
   *
   * @param language of the texts, "en" for English words to be stemmed
   */
  public PassageIndex(List<String> texts, String language) {
    this.analyzer = language.startsWith("en") ? new EnglishAnalyzer() : new StandardAnalyzer();
    try {
      write(texts);
      this.reader = DirectoryReader.open(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.searcher = new IndexSearcher(reader);
    this.searcher.setSimilarity(new BM25Similarity());
  }

  private void write(List<String> texts) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < texts.size(); i++) {
        Document document = new Document();
        document.add(new TextField(TEXT, texts.get(i), Field.Store.NO));
        document.add(new StoredField(PLACE, i));
        writer.addDocument(document);
      }
      // One segment, so that texts of equal score come in their own order.
      writer.forceMerge(1);
    }
  }

  /**
   * Returns the texts that answer a question best, by their places, the best first; fewer than were
   * asked for where no more share a word with it.
   */
  public List<Integer> best(String question, int most) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    try {
      for (String word : words(question)) {
        query.add(new TermQuery(new Term(TEXT, word)), BooleanClause.Occur.SHOULD);
      }
      List<Integer> places = new ArrayList<>();
      for (ScoreDoc found : searcher.search(query.build(), most).scoreDocs) {
        Document document = searcher.storedFields().document(found.doc);
        places.add(document.getField(PLACE).numericValue().intValue());
      }
      return places;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> words(String question) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream stream = analyzer.tokenStream(TEXT, question)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && words.size() < MOST_WORDS) {
        words.add(term.toString());
      }
      stream.end();
    }
    return words;
  }

  @Override
  public void close() {
    try {
      reader.close();
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    analyzer.close();
  }
}
