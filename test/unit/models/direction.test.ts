import assert from 'node:assert/strict';
import { inferDirection, inferNature } from '../../../src/models/direction';

/** scikit-learn 1.7: `sklearn.metrics.get_scorer_names()`; by its convention higher is better for all of them. */
const SCORERS =
  'accuracy adjusted_mutual_info_score adjusted_rand_score average_precision balanced_accuracy completeness_score ' +
  'd2_absolute_error_score d2_brier_score d2_log_loss_score explained_variance f1 f1_macro f1_micro f1_samples f1_weighted ' +
  'fowlkes_mallows_score homogeneity_score jaccard jaccard_macro jaccard_micro jaccard_samples ' +
  'jaccard_weighted matthews_corrcoef mutual_info_score neg_brier_score neg_log_loss neg_max_error ' +
  'neg_mean_absolute_error neg_mean_absolute_percentage_error neg_mean_gamma_deviance ' +
  'neg_mean_poisson_deviance neg_mean_squared_error neg_mean_squared_log_error ' +
  'neg_median_absolute_error neg_negative_likelihood_ratio neg_root_mean_squared_error ' +
  'neg_root_mean_squared_log_error normalized_mutual_info_score positive_likelihood_ratio precision ' +
  'precision_macro precision_micro precision_samples precision_weighted r2 rand_score recall ' +
  'recall_macro recall_micro recall_samples recall_weighted roc_auc roc_auc_ovo roc_auc_ovo_weighted ' +
  'roc_auc_ovr roc_auc_ovr_weighted top_k_accuracy v_measure_score';

/** Names as tools and teams write them. */
const HIGHER =
  'acc val_acc valAccuracy val/acc test.accuracy top5_acc AUC AUROC ROC-AUC pr_auc test-auc-mean F1Score f1-score ' +
  'f0.5_score fbeta mAP mAP50 metrics/mAP50-95(B) metrics/precision(B) AP75 AR@100 map@10 ndcg@10 NDCG mrr hit_rate@5 ' +
  'recall@0.5 precision_at_10 sensitivity specificity sensitivity_at_specificity_90 true_positive_rate tpr npv ' +
  'negative_predictive_value bleu sacrebleu rouge1 rougeL eval_rougeLsum chrf meteor exact_match em iou mIoU mean_iou dice ' +
  'dice_score kappa cohen_kappa mcc spearmanr pearson silhouette_score calinski_harabasz_score psnr ssim ' +
  'tokens_per_second eval_samples_per_second throughput throughput_rps reward mean_reward win_rate ' +
  'score best_score quality_score auc.value accuracy.mean recall_class_1 accuracy_step accuracy_epoch';

const LOWER =
  'loss val_loss valLoss train_loss_epoch val/box_loss loss_val logloss log_loss multi_logloss validation_0-logloss ' +
  'cross_entropy error error_rate test_error mse MSE rmse RMSE train-rmse-mean nrmse mae mape sMAPE rmsle max_error ' +
  'median_absolute_error mean_squared_error perplexity eval_perplexity ppl wer WER cer word_error_rate ece brier ' +
  'brier_score brier_score_loss fpr fnr false_positive_rate false_negatives false_discovery_rate fpr_at_95_tpr eer nll ' +
  'negative_log_likelihood deviance residual_deviance aic BIC inertia davies_bouldin_score fid lpips ' +
  'kl_divergence hamming_loss psi toxicity toxicity_score hallucination_rate accuracy_drop generalization_gap ' +
  'equalized_odds_difference demographic_parity_difference loss_per_token bits_per_byte model_size_mb ' +
  'latency latency_p95_ms latency.p95 inference_time fit_time runtime eval_runtime duration_seconds ' +
  'time_per_step peak_memory_mb memory_gb vram gpu_memory cost_per_query co2 neg_likelihood';

const UNKNOWN =
  'n_rows rows num_samples n_test threshold best_threshold accuracy_threshold f1_threshold epoch best_epoch step ' +
  'global_step dvclive.step loss.epoch accuracy.n_rows support weighted.support macro\u0020avg.support n_estimators max_depth seed ' +
  'learning_rate lr batch_size test_size alpha weight_decay auc_std accuracy.std mse.standard_deviation ' +
  'loss_weight p_value total_flos params n_params tp tn fp fn bias x 42 timestamp churn_rate';

describe('inferDirection', () => {
  for (const [direction, names] of [
    ['higher', `${SCORERS} ${HIGHER}`],
    ['lower', LOWER],
    ['unknown', UNKNOWN],
  ] as const) {
    it(`says ${direction} of what is known to be so`, () => {
      const wrong = names.split(' ').filter((name) => inferDirection(name) !== direction);
      assert.deepEqual(wrong, []);
    });
  }

  it('says unknown of a name without words', () => {
    for (const name of ['', '.', '...', '!!!', '模型'])
      assert.equal(inferDirection(name), 'unknown');
  });

  it('knows what differs from run to run', () => {
    const varying =
      'latency_p95_ms fit_time eval_runtime tokens_per_second peak_memory_mb throughput'.split(' ');
    const steady = 'auc val_loss model_size_mb epoch brier_score'.split(' ');
    assert.deepEqual(
      varying.filter((name) => !inferNature(name).variesBetweenRuns),
      [],
    );
    assert.deepEqual(
      steady.filter((name) => inferNature(name).variesBetweenRuns),
      [],
    );
  });
});
