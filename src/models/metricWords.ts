/**
 * What the words in names of metrics say about them. The names are those of scikit-learn, XGBoost, LightGBM, Keras,
 * Lightning, Hugging Face, Ultralytics, COCO and the shared tasks of speech, translation and ranking.
 */

export type WordMeaning =
  | 'higher'
  | 'lower'
  /** Lower is better, but it differs from run to run: time and memory. */
  | 'lower-resource'
  /** Higher is better, but it differs from run to run: throughput. */
  | 'higher-resource'
  /** Not a measure of quality, whatever stands before it: the threshold of an accuracy. */
  | 'neither';

const HIGHER =
  'accuracy acc acc1 acc5 auc auroc auprc aupr aucpr rocauc prauc f1 f1score fbeta f2 f05 precision prec recall ' +
  'sensitivity specificity r2 rsquared map mar ap ar ndcg dcg mrr bleu sacrebleu rouge rougel rougelsum chrf ' +
  'meteor bertscore iou miou jaccard dice kappa mcc matthews tpr tnr ppv npv hit hits correlation corr corrcoef ' +
  'pearson pearsonr spearman spearmanr kendall kendalltau silhouette calinski homogeneity completeness ami ari nmi ' +
  'rand fowlkes purity psnr ssim msssim likelihood loglik elbo gain gains lift uplift improvement reward coverage ' +
  'em correct success sharpe ev d2 concordance cindex youden informedness markedness gmean';

const LOWER =
  'loss losses logloss error errors err rmse mae mse mape smape wape mase msle rmsle nrmse medae mdape mdae mbe ' +
  'perplexity ppl wer cer ter mer der eer frr ece mce ace brier fpr fnr fdr nll bce crossentropy xent kl kld ' +
  'fid lpips hinge huber pinball deviance residual residuals bic aic inertia bouldin hamming psi drift ' +
  'divergence distance hausdorff regret misclassification misclassified incorrect wrong failures violations ' +
  'timeouts hallucination hallucinations toxicity drop degradation gap disparity bpb bpc size';

const LOWER_RESOURCE =
  'latency time times duration durations runtime walltime elapsed delay seconds second secs sec ms us ns ' +
  'millis milliseconds microseconds minutes hours memory mem ram vram rss cpu gpu energy power watts emissions ' +
  'co2 cost';

const HIGHER_RESOURCE = 'throughput qps rps fps tps';

const NEITHER =
  'std stddev sd stdev var variance stderr se deviation threshold thresholds cutoff support weight weights ' +
  'params parameters features seed lr alpha beta gamma lambda dropout patience ' +
  'timestamp date pvalue budget';

/** Decide together, before any of their words alone. */
const PHRASES: Readonly<Record<string, WordMeaning>> = {
  'false positive': 'lower',
  'false positives': 'lower',
  'false negative': 'lower',
  'false negatives': 'lower',
  'false discovery': 'lower',
  'false alarm': 'lower',
  'false alarms': 'lower',
  'true positive': 'higher',
  'true positives': 'higher',
  'true negative': 'higher',
  'true negatives': 'higher',
  'fall out': 'lower',
  'miss rate': 'lower',
  'cross entropy': 'lower',
  'bits per byte': 'lower',
  'bits per character': 'lower',
  'negative log likelihood': 'lower',
  'negative likelihood': 'lower',
  'negative predictive': 'higher',
  'positive predictive': 'higher',
  'explained variance': 'higher',
  'exact match': 'higher',
  'mutual info': 'higher',
  'mutual information': 'higher',
  'v measure': 'higher',
  'f measure': 'higher',
  'f beta': 'higher',
  'win rate': 'higher',
  'pass rate': 'higher',
  'top k': 'higher',
  'parity difference': 'lower',
  'odds difference': 'lower',
  'opportunity difference': 'lower',
  'mean difference': 'lower',
  'log loss': 'lower',
  'learning rate': 'neither',
  'p value': 'neither',
  'time stamp': 'neither',
  'batch size': 'neither',
  'sample size': 'neither',
  'test size': 'neither',
  'train size': 'neither',
  'dataset size': 'neither',
  'data size': 'neither',
  'vocab size': 'neither',
  'image size': 'neither',
  'hidden size': 'neither',
  'window size': 'neither',
};

/** Say something only where no other word of the name does: `toxicity_score`, `quality_score`. */
const WEAK: ReadonlyMap<string, WordMeaning> = new Map([
  ['score', 'higher'],
  ['scores', 'higher'],
]);

const STRONG: ReadonlyMap<string, WordMeaning> = new Map([
  ...entriesOf(HIGHER, 'higher'),
  ...entriesOf(LOWER, 'lower'),
  ...entriesOf(LOWER_RESOURCE, 'lower-resource'),
  ...entriesOf(HIGHER_RESOURCE, 'higher-resource'),
  ...entriesOf(NEITHER, 'neither'),
  ...Object.entries(PHRASES),
]);

function entriesOf(
  words: string,
  meaning: WordMeaning,
): readonly (readonly [string, WordMeaning])[] {
  return words.split(' ').map((word) => [word, meaning] as const);
}

const LONGEST_PHRASE = 3;

/**
 * What the last word or phrase with a meaning says: in English compounds the last one is what the thing is
 * (the threshold of an accuracy, the time of a step).
 */
export function meaningOfWords(words: readonly string[]): WordMeaning | undefined {
  for (let end = words.length; end > 0; end--) {
    for (let length = Math.min(LONGEST_PHRASE, end); length > 0; length--) {
      const meaning = STRONG.get(words.slice(end - length, end).join(' '));
      if (meaning !== undefined) return meaning;
    }
  }
  const weak = words.find((word) => WEAK.has(word));
  return weak === undefined ? undefined : WEAK.get(weak);
}

/** Whether a word by itself means something, so that it must not be taken apart. */
export function isKnownWord(word: string): boolean {
  return STRONG.has(word) || WEAK.has(word);
}
