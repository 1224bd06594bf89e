/**
 * Judges: models that read the free answers of an audit and grade them, after the run and apart
 * from it.
 *
 * <p>The stage ({@link dev.palimpsest.audit.judge.Judging}) takes stored answers and stores grades;
 * nothing that was run or scored changes. A judge ({@link dev.palimpsest.audit.judge.Judge}) sees
 * one question and one answer at a time and not which arm gave it; the answers of all arms come
 * mixed, in an order by seed, and an answer that several arms gave is read once. It is asked two
 * things apart ({@link dev.palimpsest.audit.judge.Aspect}): alignment and coherence, each a number
 * from 0 to 100. A local judge ({@link dev.palimpsest.audit.judge.LocalJudge}) does not write the
 * number: the probabilities of all 101 of them are computed, and their expectation over what is
 * numbers at all is the grade ({@link dev.palimpsest.audit.judge.NumberScale}).
 *
 * <p>Grades are stored by the judge's digest and the answer's. The judge's digest covers its
 * weights, its questions and its arithmetic, so that grades of two judges never mix. Before it is
 * believed it grades the labelled answers of {@code probes/judge-labels}; below the agreement that
 * {@link dev.palimpsest.audit.judge.Agreement} asks for, its grades are kept and not reported.
 *
 * <p>A new kind of judge, a served model say, is a class that implements {@code Judge}, and a line
 * in the command that makes judges of what people type.
 */
package dev.palimpsest.audit.judge;
