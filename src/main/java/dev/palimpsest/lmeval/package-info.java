/**
 * The benchmarks of lm-eval as lm-eval itself asks them: its prompts, its choice of few-shot
 * examples, its metrics and its files of samples, so that numbers can be laid beside each other.
 * Everything follows lm_eval 0.4.13; bench/lmeval_agreement.py compares the two.
 */
package dev.palimpsest.lmeval;
