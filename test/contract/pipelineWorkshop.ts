/** A DVC project that does little, in all the ways that dvc.yaml knows. */
export const WORKSHOP_FILES: Readonly<Record<string, string>> = {
  'dvc.yaml': `vars:
  - folder: parts
stages:
  split:
    cmd:
      - mkdir -p \${folder}/deep
      - cp raw/a.txt \${folder}/a.txt
      - cp raw/b.txt '\${folder}/deep/b ü.txt'
    deps:
      - raw
    outs:
      - \${folder}
  count:
    foreach: [a, b]
    do:
      cmd: wc -c < raw/\${item}.txt > counts/\${item}.txt
      deps:
        - raw/\${item}.txt
      outs:
        - counts/\${item}.txt:
            cache: false
  fit:
    wdir: desk
    cmd: >
      cat ../parts/a.txt
      > model.txt
    deps:
      - ../parts/a.txt
    params:
      - settings.json:
          - lr
          - nested.depth
      - whole.toml:
      - values.yaml:
          - switch
          - names
    outs:
      - model.txt
  keep:
    cmd: cp raw/a.txt kept.txt
    deps:
      - raw/a.txt
    outs:
      - kept.txt
  note:
    cmd: "true"
`,
  'sub/dvc.yaml': `stages:
  local:
    cmd: cp ../raw/b.txt out.txt
    deps:
      - ../raw/b.txt
    outs:
      - out.txt
`,
  'raw/a.txt': 'one\ntwo\n',
  'raw/b.txt': 'three\n',
  'counts/.keep': '',
  'desk/settings.json': '{"lr": 0.1, "nested": {"depth": 3}, "unused": 1}\n',
  'desk/whole.toml': 'size = 8\n[inner]\nname = "x"\n',
  'desk/values.yaml': 'switch: on\nnames: [b, a]\nrate: 1e-3\n',
};
