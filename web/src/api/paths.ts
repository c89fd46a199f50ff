/** The API's routes as its description gives them, with the one id in a path simply called `id`. */
import type { paths as Described } from './schema';

type Short<Path> = Path extends `${infer Before}{${string}_id}${infer After}`
  ? `${Before}{id}${After}`
  : Path;

type ShortName<Name> = Name extends `${string}_id` ? 'id' : Name;

type Operation<Said> = Said extends { parameters: { path: infer Path } }
  ? Omit<Said, 'parameters'> & {
      parameters: Omit<Said['parameters'], 'path'> & {
        path: { [Name in keyof Path as ShortName<Name>]: Path[Name] };
      };
    }
  : Said;

export type paths = {
  [Path in keyof Described as Short<Path>]: {
    [Method in keyof Described[Path]]: Operation<Described[Path][Method]>;
  };
};
