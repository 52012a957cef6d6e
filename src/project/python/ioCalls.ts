/** How a call reads or writes files, by its name. */
export interface IoCall {
  readonly access: 'read' | 'write' | 'database';
  /** Which argument is the path: its position (-1: by name only), and its names. */
  readonly position: number;
  readonly names: readonly string[];
  /** Which argument is what is written. */
  readonly subject?: number;
}

interface Rule extends IoCall {
  readonly pattern: RegExp;
}

const READ_NAMES = [
  'filepath_or_buffer',
  'path_or_buf',
  'path',
  'io',
  'source',
  'file',
  'filename',
  'fname',
  'f',
];
const WRITE_NAMES = [
  'path_or_buf',
  'path',
  'excel_writer',
  'file',
  'filename',
  'fname',
  'filepath',
  'f',
];

function rule(
  pattern: RegExp,
  access: IoCall['access'],
  position: number,
  options: { readonly names?: readonly string[]; readonly subject?: number } = {},
): Rule {
  const names = options.names ?? (access === 'write' ? WRITE_NAMES : READ_NAMES);
  return {
    pattern,
    access,
    position,
    names,
    ...('subject' in options ? { subject: options.subject } : {}),
  };
}

/** By the full name of a function outside of the project. */
const FUNCTIONS: readonly Rule[] = [
  // pandas, polars, dask, geopandas, modin, cudf, pyarrow
  rule(
    /(?:^|\.)(?:read|scan)_(?:csv|parquet|json|ndjson|excel|feather|table|pickle|hdf|orc|fwf|ipc|avro|file|delta)$/,
    'read',
    0,
  ),
  rule(/^pyarrow\.parquet\.(?:ParquetFile|ParquetDataset)$/, 'read', 0),
  rule(/^pyarrow\.(?:parquet|csv|feather)\.write_\w+$/, 'write', 1, { names: ['where', 'dest'] }),
  // numpy, scipy
  rule(
    /^numpy\.(?:load|loadtxt|genfromtxt|fromfile|memmap)$|^scipy\.(?:sparse\.load_npz|io\.loadmat)$/,
    'read',
    0,
  ),
  rule(
    /^numpy\.(?:save|savez|savez_compressed|savetxt)$|^scipy\.(?:sparse\.save_npz|io\.savemat)$/,
    'write',
    0,
    { subject: 1 },
  ),
  // models
  rule(
    /^(?:joblib|sklearn\.externals\.joblib|torch|onnx|skops\.io|dill|pickle|cloudpickle)\.load$/,
    'read',
    0,
  ),
  rule(/^(?:joblib|torch|onnx|skops\.io)\.(?:dump|save|save_model)$/, 'write', 1, { subject: 0 }),
  rule(/^safetensors\.\w+\.(?:save_file|save_model)$/, 'write', 1, { subject: 0 }),
  rule(/^safetensors\.\w+\.load_(?:file|model)$/, 'read', 0),
  rule(
    /(?:^|\.)(?:keras|saved_model|models)\.(?:load_model|load)$|^onnxruntime\.InferenceSession$/,
    'read',
    0,
  ),
  rule(/(?:^|\.)keras\.models\.save_model$|^tensorflow\.saved_model\.save$/, 'write', 1, {
    subject: 0,
  }),
  rule(/^(?:xgboost|lightgbm)\.Booster$/, 'read', -1, { names: ['model_file'] }),
  rule(/^mlflow\.\w+\.save_model$/, 'write', 1, { names: ['path'], subject: 0 }),
  rule(/^mlflow\.log_artifacts?$/, 'read', 0, { names: ['local_path'] }),
  // files
  rule(/^(?:urllib\.request\.)?urlretrieve$|^wget\.download$|^gdown\.download$/, 'write', 1, {
    names: ['filename', 'out', 'output'],
  }),
  rule(/^(?:zipfile\.ZipFile|tarfile\.open)$/, 'read', 0),
  rule(/^(?:os\.listdir|os\.scandir|os\.walk|glob\.i?glob)$/, 'read', 0),
  rule(/^matplotlib\.pyplot\.savefig$/, 'write', 0),
  rule(/^(?:shutil|os)\.(?:copy|copy2|copyfile|move|rename|replace|copytree)$/, 'read', 0, {
    names: ['src'],
  }),
  rule(/^(?:shutil|os)\.(?:copy|copy2|copyfile|move|rename|replace|copytree)$/, 'write', 1, {
    names: ['dst'],
  }),
  rule(/^(?:cv2\.imread|PIL\.Image\.open|imageio\.(?:v\d\.)?imread)$/, 'read', 0),
  rule(/^cv2\.imwrite$/, 'write', 0),
  // databases
  rule(/^(?:sqlite3|duckdb|aiosqlite)\.connect$/, 'database', 0, { names: ['database'] }),
  rule(/(?:^|\.)create_engine$/, 'database', 0, { names: ['url'] }),
];

/** By the name of a method whose object is not known: a data frame, a model, a figure. */
const METHODS: readonly Rule[] = [
  rule(
    /^to_(?:csv|parquet|json|excel|feather|pickle|hdf|orc|html|markdown|netcdf|file|delta)$/,
    'write',
    0,
  ),
  rule(/^(?:write|sink)_(?:csv|parquet|json|ndjson|ipc|excel|avro|delta|html|image)$/, 'write', 0),
  rule(
    /^(?:savefig|save_model|save_pretrained|save_weights|save_to_disk|saveAsTextFile)$/,
    'write',
    0,
    { names: [...WRITE_NAMES, 'save_directory'] },
  ),
  rule(/^(?:load_model|load_weights|load_from_checkpoint)$/, 'read', 0),
  rule(/^extractall$/, 'write', 0),
];

/** Methods that mean a file only where their argument looks like one: `model.save("model.keras")`. */
const METHODS_WITH_FILE: readonly Rule[] = [
  rule(/^save$/, 'write', 0),
  rule(/^(?:csv|parquet|orc)$/, 'read', 0),
  rule(/^load$/, 'read', 0),
];

/** The methods of `pathlib.Path`; the path is the object itself. */
const PATH_METHODS: readonly (readonly [RegExp, IoCall['access']])[] = [
  [/^(?:read_text|read_bytes|glob|rglob|iterdir)$/, 'read'],
  [/^(?:write_text|write_bytes)$/, 'write'],
];

/** The last names of everything above: what is called otherwise is not looked at. */
const NAMES =
  /^(?:read_\w+|scan_\w+|load\w*|open|dump|save\w*|write_\w+|sink_\w+|to_\w+|connect|create_engine|copy\w*|move|rename|replace|listdir|scandir|walk|i?glob|rglob|iterdir|urlretrieve|download|ZipFile|InferenceSession|Booster|imread|imwrite|csv|parquet|orc|extractall|Parquet\w+|genfromtxt|fromfile|memmap|log_artifacts?)$/;

/** Whether a name can be that of a call that reads or writes files. */
export function isIoName(name: string): boolean {
  return NAMES.test(name);
}

export function ioFunctions(name: string): readonly IoCall[] {
  return FUNCTIONS.filter(({ pattern }) => pattern.test(name));
}

export function ioMethods(name: string): readonly (IoCall & { readonly needsFile: boolean })[] {
  return [
    ...METHODS.filter(({ pattern }) => pattern.test(name)).map((one) => ({
      ...one,
      needsFile: false,
    })),
    ...METHODS_WITH_FILE.filter(({ pattern }) => pattern.test(name)).map((one) => ({
      ...one,
      needsFile: true,
    })),
  ];
}

export function pathMethodAccess(name: string): IoCall['access'] | undefined {
  return PATH_METHODS.find(([pattern]) => pattern.test(name))?.[1];
}
